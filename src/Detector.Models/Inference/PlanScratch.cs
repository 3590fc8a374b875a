namespace Detector.Models.Inference;

/// <summary>What plans work in: two buffers, of which one layer reads and the next writes. Grows to the largest need; used by one thread.</summary>
internal sealed class PlanScratch
{
    private readonly AlignedFloats[] _buffers = [new(0), new(0)];

    /// <summary>The buffer that a layer writes, holding what it was left with.</summary>
    /// <param name="layer">Number of the layer.</param>
    /// <param name="length">Values.</param>
    public Span<float> Take(int layer, int length)
    {
        ref AlignedFloats buffer = ref _buffers[layer % 2];
        if (buffer.Length < length)
            buffer = new AlignedFloats(length);
        return buffer.Span[..length];
    }

    /// <summary>What a layer has written.</summary>
    public AlignedFloats Of(int layer) => _buffers[layer % 2];
}
