namespace Detector.Models.Statistics;

/// <summary>
/// How far rows lie from the bulk of them: Mahalanobis distances by the mean and covariance of the rows that lie nearest, found by concentration (minimum
/// covariance determinant: Rousseeuw and Van Driessen, "A Fast Algorithm for the Minimum Covariance Determinant Estimator", 1999), with correlations
/// shrunk (Boudt et al., "The minimum regularized covariance determinant estimator", 2020). Rows that are unlike the bulk have no say in what the bulk is,
/// so that they cannot hide, however many of their kind there are, up to the stated share.
/// </summary>
public static class RobustDistance
{
    /// <summary>Squares of whitened values count up to this (10 standard deviations), so that one feature says less than several.</summary>
    private const double Cap = 100;

    /// <summary>Robust standard deviations with which a value counts at most in the first covariance, and in all others.</summary>
    private const double FirstClip = 3, Clip = 20;

    private const double DiagonalWeight = 0.05;
    private const int Concentrations = 4; // they settle in two or three

    /// <summary>The logarithm of each row's mean squared whitened value, about 0 where the bulk is Gaussian: the median of the row and its neighbours, so
    /// that a peak of a row or two is not far.</summary>
    /// <param name="rows">N × F in order of time, NaN = missing, which counts as the median; N ≥ 2.</param>
    /// <param name="segments">(N) the series each row belongs to, those of one together.</param>
    /// <param name="features">F.</param>
    /// <param name="share">Share of the rows that may be unlike the rest, in [0, 0.4]; twice as many are left out of the covariance.</param>
    /// <param name="neighbours">Rows on either side that count.</param>
    public static double[] Of(ReadOnlySpan<float> rows, ReadOnlySpan<int> segments, int features, double share, int neighbours)
    {
        int count = rows.Length / features;
        double[] scaled = new double[rows.Length], first = new double[rows.Length];
        Scale(rows, features, share, scaled);
        for (int i = 0; i < scaled.Length; i++)
            first[i] = Math.Clamp(scaled[i], -FirstClip, FirstClip);

        double[] distances = Far(first, segments);
        double[] bulk = first; // its memory is used again
        for (int round = 0; round < Concentrations; round++)
        {
            double limit = Quantiles.Of(distances, 1 - 2 * share);
            int kept = 0;
            for (int i = 0; i < count; i++)
            {
                if (distances[i] <= limit)
                    scaled.AsSpan(i * features, features).CopyTo(bulk.AsSpan(kept++ * features));
            }

            distances = Far(bulk.AsSpan(0, kept * features), segments);
        }

        return distances;

        double[] Far(ReadOnlySpan<double> from, ReadOnlySpan<int> segments) =>
            RunningMedian.Of(Distances(Whitening.Fit(from, features, DiagonalWeight), scaled, features), segments, neighbours);
    }

    /// <summary>Each feature less its median, in units of the root mean square distance from it of all but the farthest values.</summary>
    private static void Scale(ReadOnlySpan<float> rows, int features, double share, double[] scaled)
    {
        double[] column = new double[rows.Length / features];
        for (int f = 0; f < features; f++)
        {
            int count = 0;
            for (int i = f; i < rows.Length; i += features)
            {
                if (!float.IsNaN(rows[i]))
                    column[count++] = rows[i];
            }

            double median = count == 0 ? 0 : Quantiles.Median(column.AsSpan(0, count)), scale = Spread(column.AsSpan(0, count), median, share);
            for (int i = f; i < rows.Length; i += features)
                scaled[i] = float.IsNaN(rows[i]) ? 0 : Math.Clamp((rows[i] - median) / scale, -Clip, Clip);
        }
    }

    private static double Spread(Span<double> column, double median, double share)
    {
        const double least = 1e-3;
        for (int i = 0; i < column.Length; i++)
            column[i] = Math.Abs(column[i] - median);
        column.Sort();
        int kept = (int)Math.Ceiling(column.Length * (1 - 2 * share));
        double sum = 0;
        foreach (double distance in column[..kept])
            sum += distance * distance;
        return Math.Max(least, Math.Sqrt(sum / Math.Max(1, kept)));
    }

    private static double[] Distances(Whitening whitening, double[] scaled, int features)
    {
        const double least = 1e-3;
        double[] distances = new double[scaled.Length / features];
        float[] row = new float[features], whitened = new float[features];
        for (int i = 0; i < distances.Length; i++)
        {
            for (int f = 0; f < features; f++)
                row[f] = (float)scaled[i * features + f];
            whitening.Apply(row, whitened);
            double sum = 0;
            foreach (float value in whitened)
                sum += Math.Min(value * value, Cap);
            distances[i] = Math.Log(sum / features + least);
        }

        return distances;
    }
}
