namespace Detector.Models.Training;

/// <summary>The rows of a training range, each once, in time order.</summary>
/// <param name="Values">N × F scaled values, NaN where missing.</param>
/// <param name="Segments">(N) the series each row belongs to; those of one series together.</param>
internal sealed record RowSequence(float[] Values, int[] Segments)
{
    /// <summary>
    /// Takes the windows of both parts apart. The first window after a gap gives all of its rows, which are those of the windows left out between
    /// the two parts, every other one the rows since the window before.
    /// </summary>
    public static RowSequence Of(TrainingWindows windows)
    {
        int rows = windows.Training.Dimensions.Rows, features = windows.Training.Dimensions.Features;
        double rowTicks = windows.RowTicks;
        var bySegment = new SortedDictionary<int, List<float>>();
        var newest = new Dictionary<int, long>();
        foreach (WindowSet set in (WindowSet[])[windows.Training, windows.Validation])
        {
            for (int i = 0; i < set.Count; i++)
            {
                int segment = set.Segments[i];
                if (!bySegment.TryGetValue(segment, out List<float>? values))
                    bySegment.Add(segment, values = []);
                long since = newest.TryGetValue(segment, out long last) ? (long)Math.Round((set.Ticks[i] - last) / rowTicks) : rows;
                newest[segment] = set.Ticks[i];
                int count = (int)Math.Clamp(since, 1, rows) * features;
                ReadOnlySpan<float> window = set.Window(i)[^count..], observed = set.Observed(i);
                for (int j = 0; j < count; j++)
                    values.Add(!observed.IsEmpty && observed[^(count - j)] == 0 ? float.NaN : window[j]);
            }
        }

        return new RowSequence(
            [.. bySegment.Values.SelectMany(values => values)],
            [.. bySegment.SelectMany(pair => Enumerable.Repeat(pair.Key, pair.Value.Count / features))]);
    }
}
