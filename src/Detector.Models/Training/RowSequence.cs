namespace Detector.Models.Training;

/// <summary>The rows of a training range, each once, in time order.</summary>
/// <param name="Values">N × F scaled values, NaN where missing.</param>
/// <param name="Segments">(N) the series each row belongs to; those of one series together.</param>
/// <param name="Ticks">(N) UTC ticks of each row.</param>
/// <param name="RowTicks">Time between two rows that follow one another.</param>
internal sealed record RowSequence(float[] Values, int[] Segments, long[] Ticks, long RowTicks)
{
    /// <summary>Where rows of a series are missing, in order: the row behind, and how many.</summary>
    public IReadOnlyList<(int Row, double Missing)> Holes =>
    [
        .. Enumerable.Range(1, Math.Max(0, Ticks.Length - 1)).Where(row => Segments[row] == Segments[row - 1] && Ticks[row] - Ticks[row - 1] > 2 * RowTicks)
            .Select(row => (row, (Ticks[row] - Ticks[row - 1]) / (double)RowTicks - 1)),
    ];

    /// <summary>
    /// Takes the windows of both parts apart. The first window after a gap gives all of its rows, which are those of the windows left out between
    /// the two parts, every other one the rows since the window before.
    /// </summary>
    public static RowSequence Of(TrainingWindows windows)
    {
        int rows = windows.Training.Dimensions.Rows, features = windows.Training.Dimensions.Features;
        long rowTicks = windows.RowTicks;
        var bySegment = new SortedDictionary<int, (List<float> Values, List<long> Ticks)>();
        var newest = new Dictionary<int, long>();
        foreach (WindowSet set in (WindowSet[])[windows.Training, windows.Validation])
        {
            for (int i = 0; i < set.Count; i++)
            {
                int segment = set.Segments[i];
                if (!bySegment.TryGetValue(segment, out (List<float> Values, List<long> Ticks) known))
                    bySegment.Add(segment, known = ([], []));
                long since = newest.TryGetValue(segment, out long last) ? (long)Math.Round((double)(set.Ticks[i] - last) / rowTicks) : rows;
                newest[segment] = set.Ticks[i];
                int added = (int)Math.Clamp(since, 1, rows), count = added * features;
                for (int row = added - 1; row >= 0; row--)
                    known.Ticks.Add(set.Ticks[i] - row * rowTicks);
                ReadOnlySpan<float> window = set.Window(i)[^count..], observed = set.Observed(i);
                for (int j = 0; j < count; j++)
                    known.Values.Add(!observed.IsEmpty && observed[^(count - j)] == 0 ? float.NaN : window[j]);
            }
        }

        return new RowSequence(
            [.. bySegment.Values.SelectMany(series => series.Values)],
            [.. bySegment.SelectMany(pair => Enumerable.Repeat(pair.Key, pair.Value.Ticks.Count))],
            [.. bySegment.Values.SelectMany(series => series.Ticks)],
            rowTicks);
    }
}
