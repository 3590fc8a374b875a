namespace Detector.Worker.Pipeline;

/// <summary>Means and standard deviations of the features of some rows; 0 where not one value is there.</summary>
/// <param name="Mean">(F).</param>
/// <param name="Deviation">(F).</param>
/// <param name="Count">(F) values that were there.</param>
internal sealed record FeatureMoments(double[] Mean, double[] Deviation, int[] Count)
{
    /// <param name="rows">N × F, NaN where missing.</param>
    public static FeatureMoments Of(ReadOnlySpan<double> rows, int features)
    {
        double[] mean = new double[features], squares = new double[features];
        int[] count = new int[features];
        for (int i = 0; i < rows.Length; i++)
        {
            int f = i % features;
            if (!double.IsFinite(rows[i]))
                continue;
            double before = rows[i] - mean[f];
            mean[f] += before / ++count[f];
            squares[f] += before * (rows[i] - mean[f]);
        }

        return new FeatureMoments(mean, [.. squares.Select((square, f) => Math.Sqrt(square / Math.Max(1, count[f])))], count);
    }
}
