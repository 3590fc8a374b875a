namespace Detector.Worker.Windowing;

/// <summary>
/// The last rows of one series on a regular grid. Each row is written twice, so that the window is one contiguous span wherever the ring stands.
/// Owned by one thread. Allocates nothing after construction.
/// </summary>
/// <remarks>
/// The grid starts half a period before the first sample, so that samples fall into the middle of their bins, and is nudged after each regular
/// sample by an eighth of how far from the middle it fell, at most a 32nd of a period: a sampling clock that is slightly off, or a first sample
/// that was itself late, would otherwise leave bins alternately empty and doubly filled. What the grid does depends on earlier samples only.
/// </remarks>
internal sealed partial class WindowBuffer
{
    private readonly WindowShape _shape;
    private readonly int _features;
    private readonly int _rows;
    private readonly long _period;
    private readonly long _maxGap;
    private readonly int _maxMissing;
    private readonly double[] _sums; // (features): of the values in the newest row; empty unless rows are means
    private readonly int[] _counts; // (features)
    private readonly double[] _ring; // (2 * rows, features): row r again at r + rows
    private int _newest; // index of the newest row, 0..rows-1
    private long _rowStart; // ticks at which the newest row's bin begins

    /// <summary>An empty window.</summary>
    /// <param name="features">Values of a row.</param>
    public WindowBuffer(WindowShape shape, int features)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(shape.Rows, 2, nameof(shape));
        ArgumentOutOfRangeException.ThrowIfLessThan(shape.PeriodTicks, 1, nameof(shape));
        ArgumentOutOfRangeException.ThrowIfLessThan(features, 1);
        (_shape, _features) = (shape, features);
        _rows = shape.Rows;
        _period = shape.PeriodTicks;
        _maxGap = Math.Max(shape.MaxGapTicks, shape.PeriodTicks);
        int size = checked(_rows * features);
        _maxMissing = (int)Math.Floor(size * (1 - shape.MinObserved) + 1e-9);
        _sums = new double[shape.Resampling == Resampling.Mean ? features : 0];
        _counts = new int[_sums.Length];
        _ring = new double[checked(2 * size)];
        Clear();
    }

    /// <summary>The rows, oldest first, row by row: Rows × features raw values, NaN where missing or not yet held.</summary>
    public ReadOnlySpan<double> Window => _ring.AsSpan((_newest + 1) * _features, _rows * _features);

    /// <summary>Number of NaN in <see cref="Window"/>.</summary>
    public int Missing { get; private set; }

    /// <summary>Event time of the newest sample.</summary>
    public long NewestTicks { get; private set; }

    /// <summary>Rows since the (re)start, skipped ones included; at most the rows of a window.</summary>
    public int RowsHeld { get; private set; }

    /// <summary>Number of the newest row, counted from the first sample on; the rows of a gap that empties the window are not counted.</summary>
    public long NewestRow { get; private set; } = -1;

    /// <summary>Lays a sample on the grid.</summary>
    /// <param name="values">Raw values, NaN where missing; fewer than the features are filled up with NaN, further ones are left out.</param>
    public WindowStep Add(long ticks, ReadOnlySpan<double> values)
    {
        if (RowsHeld == 0)
            return Start(ticks, values);
        if (ticks < NewestTicks)
            return WindowStep.None;

        long bins = Math.Max((ticks - _rowStart) / _period, 0);
        if (bins > 0 && bins > _maxGap / _period)
        {
            Clear();
            return Start(ticks, values) | WindowStep.Restarted;
        }

        if (bins == 0)
        {
            Update(values);
        }
        else
        {
            Advance(bins);
            Update(values);
        }

        _rowStart += bins * _period;
        Nudge(ticks);
        NewestTicks = ticks;
        return State();
    }

    /// <summary>Empties the window.</summary>
    public void Clear()
    {
        Array.Fill(_ring, double.NaN);
        ClearMeans();
        Missing = _rows * _features;
        RowsHeld = 0;
        _newest = _rows - 1;
        NewestTicks = 0;
    }

    private WindowStep Start(long ticks, ReadOnlySpan<double> values)
    {
        Advance(1);
        Update(values);
        _rowStart = ticks - (_period / 2);
        NewestTicks = ticks;
        return State();
    }

    private WindowStep State() =>
        RowsHeld < _rows ? WindowStep.Filling : Missing <= _maxMissing ? WindowStep.Ready : WindowStep.Sparse;

    /// <summary>Moves the grid towards a sample that came about one period after the one before.</summary>
    private void Nudge(long ticks)
    {
        long interval = ticks - NewestTicks;
        if (interval <= _period / 2 || interval >= _period + (_period / 2))
            return;
        long offCentre = ticks - _rowStart - (_period / 2);
        _rowStart += Math.Clamp(offCentre / 8, -_period / 32, _period / 32);
    }

    /// <summary>Appends missing rows, the last of which is then filled in.</summary>
    private void Advance(long bins)
    {
        ClearMeans();
        NewestRow += bins;
        if (bins >= _rows)
        {
            Array.Fill(_ring, double.NaN);
            Missing = _rows * _features;
            _newest = (int)((_newest + bins) % _rows);
        }
        else
        {
            for (long i = 0; i < bins; i++)
            {
                _newest = _newest + 1 == _rows ? 0 : _newest + 1;
                Span<double> row = Row(_newest);
                Missing += _features - CountMissing(row);
                row.Fill(double.NaN);
                Row(_newest + _rows).Fill(double.NaN);
            }
        }

        RowsHeld = (int)Math.Min(_rows, RowsHeld + bins);
    }

    private void Update(ReadOnlySpan<double> values)
    {
        Span<double> row = Row(_newest);
        Span<double> mirror = Row(_newest + _rows);
        int count = Math.Min(values.Length, _features);
        for (int i = 0; i < count; i++)
        {
            double value = values[i];
            if (double.IsNaN(value))
                continue;
            if (double.IsNaN(row[i]))
                Missing--;
            row[i] = mirror[i] = _sums.Length == 0 ? value : Mean(i, value);
        }
    }

    private double Mean(int feature, double value)
    {
        _sums[feature] += value;
        return _sums[feature] / ++_counts[feature];
    }

    private void ClearMeans()
    {
        Array.Clear(_sums);
        Array.Clear(_counts);
    }

    private Span<double> Row(int index) => _ring.AsSpan(index * _features, _features);

    private static int CountMissing(ReadOnlySpan<double> row)
    {
        int missing = 0;
        foreach (double value in row)
        {
            if (double.IsNaN(value))
                missing++;
        }

        return missing;
    }
}
