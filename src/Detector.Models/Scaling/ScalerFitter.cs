using Detector.Models.Statistics;

namespace Detector.Models.Scaling;

/// <summary>Fits scalers. No scale falls below 2 % of the feature's range (99.5 % − 0.5 % quantile for robust, all of it otherwise), and a constant
/// feature gets the resolution floor 2 % of max(|center|, 1): a change that small cannot be told from rounding.</summary>
public static class ScalerFitter
{
    public const string Robust = "robust";
    public const string Standard = "standard";
    public const string MinMax = "minmax";

    private const double Resolution = 0.02;

    /// <summary>Known methods, the default first: <c>robust</c> = median and interquartile range, <c>standard</c> = mean and standard deviation,
    /// <c>minmax</c> = middle and half of the range, so that training rows lie in ±1.</summary>
    public static IReadOnlyList<string> Names { get; } = [Robust, Standard, MinMax];

    /// <inheritdoc cref="FeatureScaler.Fit"/>
    public static FeatureScaler Fit(string method, ReadOnlySpan<double> rows, int features)
    {
        if (!Names.Contains(method, StringComparer.Ordinal))
            throw new ArgumentException($"'{method}' is not a scaler; known are {string.Join(", ", Names)}.", nameof(method));
        ArgumentOutOfRangeException.ThrowIfLessThan(features, 1);
        if (rows.Length % features != 0)
            throw new ArgumentException($"{rows.Length} values are not whole rows of {features} features.", nameof(rows));

        var center = new double[features];
        var scale = new double[features];
        var unobserved = new List<int>();
        var column = new double[rows.Length / features];
        for (var j = 0; j < features; j++)
        {
            var count = 0;
            for (var i = j; i < rows.Length; i += features)
                if (double.IsFinite(rows[i]))
                    column[count++] = rows[i];
            if (count == 0)
                unobserved.Add(j);
            (center[j], scale[j]) = count == 0 ? (0, 1) : FitColumn(method, column.AsSpan(0, count));
        }

        return new FeatureScaler(method, center, scale, unobserved);
    }

    private static (double Center, double Scale) FitColumn(string method, Span<double> column)
    {
        column.Sort();
        var range = column[^1] - column[0];
        var (center, scale) = method switch
        {
            Robust => (Quantiles.OfSorted(column, 0.5), (Quantiles.OfSorted(column, 0.75) - Quantiles.OfSorted(column, 0.25)) * Quantiles.IqrToSigma),
            Standard => Moments(column),
            _ => (column[0] + range / 2, range / 2),
        };

        // A feature that moves in fewer rows than the quantiles see still has a range.
        var inner = method == Robust ? Quantiles.OfSorted(column, 0.995) - Quantiles.OfSorted(column, 0.005) : range;
        scale = Math.Max(scale, Resolution * (inner > 0 ? inner : range));
        var floor = Resolution * Math.Max(Math.Abs(center), 1);
        return (center, scale > 1e-12 * Math.Abs(center) && double.IsFinite(scale) ? scale : floor);
    }

    private static (double Mean, double Deviation) Moments(ReadOnlySpan<double> values)
    {
        double mean = 0, squares = 0;
        var count = 0;
        foreach (var value in values) // Welford
        {
            var delta = value - mean;
            mean += delta / ++count;
            squares += delta * (value - mean);
        }

        return (mean, Math.Sqrt(squares / count));
    }
}
