namespace Detector.Worker.Windowing;

internal sealed partial class WindowBuffer
{
    /// <summary>Values of a row.</summary>
    public int Features => _features;

    /// <summary>A window of other features on the same grid, with the same rows.</summary>
    /// <param name="columns">For each feature its column here or, from <see cref="Features"/> on, in the other window; −1 for one of which nothing is held.</param>
    /// <param name="beside">A window that was made of this one and has been shown the same times since; null for none.</param>
    public WindowBuffer Rearranged(ReadOnlySpan<int> columns, WindowBuffer? beside = null)
    {
        var other = new WindowBuffer(_shape, columns.Length)
        {
            _rowStart = _rowStart, NewestTicks = NewestTicks, RowsHeld = RowsHeld, NewestRow = NewestRow,
        };
        for (int c = 0; c < columns.Length; c++)
        {
            (WindowBuffer? from, int column) = columns[c] < _features ? (this, columns[c]) : (beside, columns[c] - _features);
            if (from is null || column < 0 || column >= from._features)
                continue;
            for (int row = 0; row < _rows; row++)
                other._ring[(row * other._features) + c] = from.Window[(row * from._features) + column];
            if (_sums.Length > 0)
                (other._sums[c], other._counts[c]) = (from._sums[column], from._counts[column]);
        }

        other.Mirror();
        return other;
    }

    /// <summary>Repeats the first half of the ring, whose last row is the newest, in the second.</summary>
    private void Mirror()
    {
        _newest = _rows - 1;
        _ring.AsSpan(0, _rows * _features).CopyTo(_ring.AsSpan(_rows * _features));
        Missing = 0;
        for (int row = 0; row < _rows; row++)
            Missing += CountMissing(Row(row));
    }
}
