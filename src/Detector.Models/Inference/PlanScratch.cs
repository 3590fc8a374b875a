namespace Detector.Models.Inference;

/// <summary>What a plan works in: numbered buffers, which grow to the largest need, and the same for the plans it is made of. Used by one thread.</summary>
internal sealed class PlanScratch
{
    private readonly List<AlignedFloats> _buffers = [];
    private readonly List<PlanScratch> _parts = [];

    /// <summary>A buffer, holding what it was left with.</summary>
    /// <param name="number">Its number, from 0.</param>
    /// <param name="length">Values it must hold at least.</param>
    public AlignedFloats Take(int number, int length)
    {
        while (_buffers.Count <= number)
            _buffers.Add(new AlignedFloats(0));
        if (_buffers[number].Length < length)
            _buffers[number] = new AlignedFloats(length);
        return _buffers[number];
    }

    /// <summary>What a plan within the plan works in, whose results stay while others run.</summary>
    public PlanScratch Part(int number)
    {
        while (_parts.Count <= number)
            _parts.Add(new PlanScratch());
        return _parts[number];
    }
}
