namespace Detector.Models.Statistics;

/// <summary>Order statistics of finite values. Type 7 of Hyndman and Fan,
/// "Sample Quantiles in Statistical Packages" (1996): the default of R and NumPy.</summary>
public static class Quantiles
{
    /// <summary>Factor that makes the median absolute deviation estimate a Gaussian's standard deviation.</summary>
    public const double MadToSigma = 1.4826022185056018;

    /// <summary>Standard deviation of a Gaussian over its interquartile range.</summary>
    public const double IqrToSigma = 1 / 1.3489795003921634;

    /// <summary>The quantile of unsorted values; the span is left as it is.</summary>
    /// <param name="values">(N) finite values, N ≥ 1.</param>
    /// <param name="probability">In [0, 1].</param>
    /// <exception cref="ArgumentException">No values.</exception>
    public static double Of(ReadOnlySpan<double> values, double probability) => OfSorted(Sorted(values), probability);

    /// <summary>The quantile of values in ascending order.</summary>
    /// <inheritdoc cref="Of" path="/exception"/>
    public static double OfSorted(ReadOnlySpan<double> sorted, double probability)
    {
        if (sorted.IsEmpty)
            throw new ArgumentException("A quantile needs at least one value; none were given.", nameof(sorted));
        if (!(probability is >= 0 and <= 1))
            throw new ArgumentOutOfRangeException(nameof(probability), probability, "A probability lies between 0 and 1.");

        var position = probability * (sorted.Length - 1);
        var below = (int)position;
        if (below >= sorted.Length - 1)
            return sorted[^1];
        return sorted[below] + (position - below) * (sorted[below + 1] - sorted[below]);
    }

    public static double Median(ReadOnlySpan<double> values) => Of(values, 0.5);

    /// <summary>Median of the absolute deviations from the median, without the Gaussian factor (see <see cref="MadToSigma"/>).</summary>
    public static double MedianAbsoluteDeviation(ReadOnlySpan<double> values)
    {
        var median = Median(values);
        var deviations = new double[values.Length];
        for (var i = 0; i < deviations.Length; i++)
            deviations[i] = Math.Abs(values[i] - median);
        return Median(deviations);
    }

    /// <summary>A sorted copy.</summary>
    public static double[] Sorted(ReadOnlySpan<double> values)
    {
        var sorted = values.ToArray();
        Array.Sort(sorted);
        return sorted;
    }
}
