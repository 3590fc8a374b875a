using System.Runtime.InteropServices;
using Detector.Worker.Contracts;

namespace Detector.Worker.Learning;

/// <summary>Samples of one series that its model will learn from, in order of event time. Rows may grow wider as features appear.</summary>
internal sealed partial class WarmupPool
{
    /// <summary>Samples a pool holds at most; a faster stream ends its warm-up early.</summary>
    public const int MaxSamples = 200_000;

    /// <summary>Values a pool holds at most: 256 MiB.</summary>
    public const int MaxValues = 32 * 1024 * 1024;

    private readonly List<long> _ticks = [];
    private readonly List<double> _values = [];
    private readonly List<int> _starts = [];

    public int Count => _ticks.Count;

    public bool IsFull => Count >= MaxSamples || _values.Count >= MaxValues;

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

    /// <summary>Values of a row.</summary>
    public int Width(int index) => (index + 1 < _starts.Count ? _starts[index + 1] : _values.Count) - _starts[index];

    /// <summary>Copies a row, with NaN for features that it did not have yet.</summary>
    public void CopyRow(int index, Span<double> row)
    {
        int start = _starts[index];
        int end = index + 1 < _starts.Count ? _starts[index + 1] : _values.Count;
        CollectionsMarshal.AsSpan(_values)[start..end].CopyTo(row);
        row[(end - start)..].Fill(double.NaN);
    }

    public WarmupPool Copy()
    {
        var copy = new WarmupPool();
        copy._ticks.AddRange(_ticks);
        copy._values.AddRange(_values);
        copy._starts.AddRange(_starts);
        return copy;
    }

    /// <summary>Puts the values in other places: the features are others from now on.</summary>
    public void Arrange(FeaturePlaces places)
    {
        WarmupPool before = Copy();
        Clear();
        for (int i = 0; i < before.Count; i++)
        {
            double[] row = new double[before.Width(i)];
            before.CopyRow(i, row);
            Add(before._ticks[i], places.Arrange(row));
        }
    }

    /// <summary>Makes room: leaves out the older half.</summary>
    public void ForgetHalf()
    {
        int half = Count / 2;
        if (half == 0)
            return;
        _saved = 0;
        int start = _starts[half];
        _values.RemoveRange(0, start);
        _ticks.RemoveRange(0, half);
        _starts.RemoveRange(0, half);
        foreach (ref int row in CollectionsMarshal.AsSpan(_starts))
            row -= start;
    }

    /// <summary>Empties the pool and gives its memory back.</summary>
    public void Clear()
    {
        _saved = 0;
        _ticks.Clear();
        _ticks.TrimExcess();
        _values.Clear();
        _values.TrimExcess();
        _starts.Clear();
        _starts.TrimExcess();
    }
}
