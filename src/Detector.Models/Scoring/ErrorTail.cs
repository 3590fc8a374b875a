using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using Detector.Models.Statistics;

namespace Detector.Models.Scoring;

/// <summary>
/// Puts the errors of a view on the scale that all views share. Above a high quantile u errors are taken to have a Pareto tail, P(E &gt; e) ∝ (e/u)^(−1/ξ),
/// so that log(1 + e/u) grows evenly with every factor in probability; one unit of it is what normal windows that no network learned from reach once in
/// a hundred. So a view that is often wrong on new data, whatever the reason, has a weaker voice than one that keeps its word.
/// </summary>
/// <param name="Base">u, the error that 5 % of the normal windows exceed; positive.</param>
/// <param name="Unit">log(1 + e/u) of the error that 1 % of the held-out normal windows exceed; positive.</param>
public readonly record struct ErrorTail(float Base, float Unit)
{
    private const double BaseQuantile = 0.95, UnitQuantile = 0.99;
    private const double LeastBase = 1e-3; // a thousandth of the variance that the error is counted in

    /// <summary>Fits both by empirical quantiles.</summary>
    /// <param name="errors">(N) errors ≥ 0 of normal windows, N ≥ 1.</param>
    /// <param name="held">(M) those of them that no network learned from, M ≥ 1.</param>
    public static ErrorTail Fit(ReadOnlySpan<double> errors, ReadOnlySpan<double> held)
    {
        double level = Math.Max(Quantiles.OfSorted(Quantiles.Sorted(errors), BaseQuantile), LeastBase);
        double high = Math.Max(Quantiles.OfSorted(Quantiles.Sorted(held), UnitQuantile), level);
        return new ErrorTail((float)level, (float)Math.Log(1 + high / level));
    }

    /// <summary>log(1 + e/u) in units, ≥ 0.</summary>
    public double Score(double error) => Math.Log(1 + error / Base) / Unit;

    /// <summary>Scores of several errors, in their place. Each has the same bits wherever it stands; those of <see cref="Score(double)"/> but for the last ones.</summary>
    /// <param name="errors">A multiple of eight.</param>
    internal void Score(Span<double> errors)
    {
        foreach (ref Vector512<double> lanes in MemoryMarshal.Cast<double, Vector512<double>>(errors))
            lanes = Vector512.Log(Vector512<double>.One + lanes / Vector512.Create((double)Base)) / Vector512.Create((double)Unit);
    }

    internal bool IsValid => Base > 0 && Unit > 0 && float.IsFinite(Base) && float.IsFinite(Unit);
}
