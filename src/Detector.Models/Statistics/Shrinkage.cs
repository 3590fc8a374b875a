using System.Numerics;

namespace Detector.Models.Statistics;

/// <summary>Covariance shrunk toward its own diagonal: correlations shrink, variances stay.</summary>
public static class Shrinkage
{
    /// <summary>Estimates mean and covariance of rows. A missing value counts as its feature's mean, which weakens correlations, never variances.</summary>
    /// <param name="rows">(N, F) row-major; NaN and ±Inf = missing.</param>
    /// <param name="features">F ≥ 1.</param>
    /// <param name="weight">Weight of the diagonal in [0, 1]; null = the one of least expected squared error (Schäfer and Strimmer, "A shrinkage
    /// approach to large-scale covariance matrix estimation", 2005, target D; after Ledoit and Wolf).</param>
    /// <exception cref="ArgumentException">Values are not whole rows, or fewer than two rows.</exception>
    public static CovarianceEstimate Covariance(ReadOnlySpan<double> rows, int features, double? weight = null)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(features, 1);
        if (rows.Length % features != 0 || rows.Length < 2 * features)
            throw new ArgumentException($"A covariance needs at least two whole rows of {features} features; got {rows.Length} values.", nameof(rows));
        if (weight is { } given && !(given is >= 0 and <= 1))
            throw new ArgumentOutOfRangeException(nameof(weight), given, "The weight of the diagonal lies between 0 and 1.");

        var count = rows.Length / features;
        var (mean, deviation) = Moments(rows, features);
        var standard = Standardised(rows, features, mean, deviation);
        var sum = new double[features * features]; // Σ z_i·z_j
        for (var n = 0; n < count; n++)
        {
            var row = standard.AsSpan(n * features, features);
            for (var i = 0; i < features; i++)
                if (row[i] != 0)
                    AddScaled(row, row[i], sum.AsSpan(i * features, features));
        }

        var lambda = weight ?? (features == 1 ? 0 : LeastErrorWeight(standard, sum, features, count));
        var matrix = new double[features * features];
        for (var i = 0; i < features; i++)
            for (var j = 0; j < features; j++)
                matrix[i * features + j] = deviation[i] * deviation[j] * (i == j ? 1 : (1 - lambda) * sum[i * features + j] / count);
        return new CovarianceEstimate(mean, matrix, lambda);
    }

    // λ = Σ Var(r_ij) / Σ r_ij² over i ≠ j, with Var(r_ij) = (Σ w² − (Σ w)²/N)·N/(N−1)/N², w = z_i·z_j.
    private static double LeastErrorWeight(double[] standard, double[] sum, int features, int count)
    {
        double variances = 0, squares = 0;
        for (var n = 0; n < count; n++)
        {
            double total = 0, fourth = 0;
            foreach (var z in standard.AsSpan(n * features, features))
            {
                total += z * z;
                fourth += z * z * z * z;
            }

            variances += total * total - fourth; // Σ_{i≠j} (z_i·z_j)²
        }

        for (var i = 0; i < features; i++)
            for (var j = 0; j < features; j++)
                if (i != j)
                {
                    variances -= sum[i * features + j] * sum[i * features + j] / count;
                    squares += sum[i * features + j] * sum[i * features + j] / count / count;
                }

        return squares > 0 ? Math.Clamp(variances / count / (count - 1) / squares, 0, 1) : 1;
    }

    private static (double[] Mean, double[] Deviation) Moments(ReadOnlySpan<double> rows, int features)
    {
        var mean = new double[features];
        var squares = new double[features];
        var seen = new int[features];
        for (var i = 0; i < rows.Length; i++)
            if (double.IsFinite(rows[i]))
            {
                var j = i % features;
                var delta = rows[i] - mean[j];
                mean[j] += delta / ++seen[j];
                squares[j] += delta * (rows[i] - mean[j]);
            }

        for (var j = 0; j < features; j++)
            squares[j] = Math.Sqrt(squares[j] / Math.Max(1, seen[j]));
        return (mean, squares);
    }

    private static double[] Standardised(ReadOnlySpan<double> rows, int features, double[] mean, double[] deviation)
    {
        var standard = new double[rows.Length];
        for (var i = 0; i < rows.Length; i++)
        {
            var j = i % features;
            standard[i] = double.IsFinite(rows[i]) && deviation[j] > 0 ? (rows[i] - mean[j]) / deviation[j] : 0;
        }

        return standard;
    }

    private static void AddScaled(ReadOnlySpan<double> row, double factor, Span<double> sum)
    {
        var j = 0;
        for (; j + Vector<double>.Count <= row.Length; j += Vector<double>.Count)
            (new Vector<double>(sum[j..]) + factor * new Vector<double>(row[j..])).CopyTo(sum[j..]);
        for (; j < row.Length; j++)
            sum[j] += factor * row[j];
    }
}
