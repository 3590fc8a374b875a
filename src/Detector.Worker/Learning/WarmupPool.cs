using System.Runtime.InteropServices;

namespace Detector.Worker.Learning;

/// <summary>Samples of one series that its model will learn from, in order of event time. Rows may grow wider as features appear.</summary>
internal sealed class WarmupPool
{
    /// <summary>Samples a pool holds at most; a faster stream ends its warm-up early.</summary>
    public const int MaxSamples = 200_000;

    private readonly List<long> _ticks = [];
    private readonly List<double> _values = [];
    private readonly List<int> _starts = [];

    public int Count => _ticks.Count;

    /// <summary>Event times, UTC ticks, ascending.</summary>
    public ReadOnlySpan<long> Ticks => CollectionsMarshal.AsSpan(_ticks);

    /// <summary>Event time between the first and the last sample.</summary>
    public TimeSpan Span => Count == 0 ? TimeSpan.Zero : TimeSpan.FromTicks(_ticks[^1] - _ticks[0]);

    public long FirstTicks => _ticks[0];

    public void Add(long ticks, ReadOnlySpan<double> values)
    {
        _ticks.Add(ticks);
        _starts.Add(_values.Count);
        _values.AddRange(values);
    }

    /// <summary>Copies a row, with NaN for features that it did not have yet.</summary>
    public void CopyRow(int index, Span<double> row)
    {
        int start = _starts[index];
        int end = index + 1 < _starts.Count ? _starts[index + 1] : _values.Count;
        CollectionsMarshal.AsSpan(_values)[start..end].CopyTo(row);
        row[(end - start)..].Fill(double.NaN);
    }

    public void Clear()
    {
        _ticks.Clear();
        _values.Clear();
        _starts.Clear();
    }
}
