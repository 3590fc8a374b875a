namespace Detector.Models.Statistics;

/// <summary>The median of each value and its neighbours: what stands alone disappears, edges stay where they are (Tukey, "Exploratory Data Analysis", 1977).</summary>
public static class RunningMedian
{
    /// <param name="values">(N) in order of time.</param>
    /// <param name="segments">(N) the series each belongs to, those of one together: neighbours of another do not count.</param>
    /// <param name="reach">Neighbours on either side. Where there are fewer, the lower of two middle values is taken.</param>
    public static double[] Of(ReadOnlySpan<double> values, ReadOnlySpan<int> segments, int reach)
    {
        double[] medians = new double[values.Length];
        Span<double> near = stackalloc double[2 * reach + 1];
        for (int i = 0; i < values.Length; i++)
        {
            int count = 0;
            for (int j = Math.Max(0, i - reach); j <= Math.Min(values.Length - 1, i + reach); j++)
            {
                if (segments[j] == segments[i])
                    near[count++] = values[j];
            }

            near[..count].Sort();
            medians[i] = near[(count - 1) / 2];
        }

        return medians;
    }
}
