using Detector.Worker.Contracts;

namespace Detector.Worker.Decoding;

/// <summary>Accounts for the samples of one message.</summary>
internal sealed class DropTally
{
    private readonly int[] _dropped = new int[Enum.GetValues<DropReason>().Length];
    private DropReason _first;
    private int _accepted;

    /// <summary>Whether nothing was counted since <see cref="Clear"/>.</summary>
    public bool IsEmpty => _accepted == 0 && _first == DropReason.None;

    public void Clear()
    {
        if (_first != DropReason.None)
            Array.Clear(_dropped);
        _first = DropReason.None;
        _accepted = 0;
    }

    /// <summary>Counts a sample by what became of it.</summary>
    public void Count(DropReason reason)
    {
        if (reason == DropReason.None)
        {
            _accepted++;
            return;
        }

        if (_first == DropReason.None)
            _first = reason;
        _dropped[(int)reason]++;
    }

    /// <summary>Tells the sink of what was dropped beside accepted samples; without any, the first reason is the message's own.</summary>
    public DropReason Report(ISampleSink sink)
    {
        if (_accepted == 0 || _first == DropReason.None)
            return _accepted == 0 ? _first : DropReason.None;
        for (int reason = 1; reason < _dropped.Length; reason++)
        {
            if (_dropped[reason] > 0)
                sink.Drop((DropReason)reason, _dropped[reason]);
        }

        return DropReason.None;
    }
}
