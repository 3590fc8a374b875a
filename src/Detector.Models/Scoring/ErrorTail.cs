using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using Detector.Models.Statistics;

namespace Detector.Models.Scoring;

/// <summary>
/// Puts the errors of a view on the scale that all views share: how improbable an error is on normal windows. Above a high quantile u errors are
/// taken to have a Pareto tail, P(E &gt; e) ∝ (e/u)^(−1/ξ), so that log(1 + e/u)/ξ grows by one for every factor of 1/e in probability.
/// </summary>
/// <param name="Base">u, the error that 10 % of the normal windows exceed; positive.</param>
/// <param name="Index">ξ, the tail index; positive.</param>
public readonly record struct ErrorTail(float Base, float Index)
{
    private const double BaseQuantile = 0.90;
    private const double LeastBase = 1e-3; // a thousandth of the variance that the error is counted in

    // Few exceedances tell little of ξ: as if so many more of a typical tail had been seen.
    private const double PriorWeight = 5, PriorIndex = 0.3;
    private const double LeastIndex = 0.1, MostIndex = 1.5;

    /// <summary>Fits u by its empirical quantile and ξ by Hill's estimator ("A Simple General Approach to Inference About the Tail of a Distribution", 1975).</summary>
    /// <param name="errors">(N) errors ≥ 0 of normal windows, N ≥ 1.</param>
    public static ErrorTail Fit(ReadOnlySpan<double> errors)
    {
        double[] sorted = Quantiles.Sorted(errors);
        double level = Math.Max(Quantiles.OfSorted(sorted, BaseQuantile), LeastBase);
        double sum = 0;
        int count = 0;
        for (int i = sorted.Length - 1; i >= 0 && sorted[i] > level; i--)
        {
            sum += Math.Log(sorted[i] / level);
            count++;
        }

        double index = (sum + PriorWeight * PriorIndex) / (count + PriorWeight);
        return new ErrorTail((float)level, (float)Math.Clamp(index, LeastIndex, MostIndex));
    }

    /// <summary>log(1 + e/u)/ξ ≥ 0.</summary>
    public double Score(double error) => Math.Log(1 + error / Base) / Index;

    /// <summary>Scores of several errors, in their place. Each has the same bits wherever it stands; those of <see cref="Score(double)"/> but for the last ones.</summary>
    /// <param name="errors">A multiple of eight.</param>
    internal void Score(Span<double> errors)
    {
        foreach (ref Vector512<double> lanes in MemoryMarshal.Cast<double, Vector512<double>>(errors))
            lanes = Vector512.Log(Vector512<double>.One + lanes / Vector512.Create((double)Base)) / Vector512.Create((double)Index);
    }

    internal bool IsValid => Base > 0 && Index > 0 && float.IsFinite(Base) && float.IsFinite(Index);
}
