using Detector.Models.Statistics;

namespace Detector.Models.Thresholds;

/// <summary>Tail of excesses over a base level: a generalised Pareto where there is data, and beyond what n peaks can show a tail that is never
/// lighter than exponential. Survival is <c>Near</c> up to <c>Join</c>, then <c>Near(Join)·Far(x − Join)</c>.</summary>
public readonly record struct PeakTail(GeneralizedPareto Near, GeneralizedPareto Far, double Join)
{
    // A fitted shape has variance 4/(3n) near 0 (Hosking and Wallis 1987); under a N(0, 0.2²) prior its posterior mean is shape·n/(n + 33).
    private const double PriorPeaks = 33;

    /// <summary>So many peaks speak for themselves: they give the mean excess to 18 %.</summary>
    public const int Enough = 30;

    /// <summary>Fits to excesses of cluster peaks.</summary>
    /// <param name="excesses">(N) positive excesses.</param>
    /// <param name="independent">How many of them are independent; sets how far the data reaches and how sure the shape is.</param>
    /// <param name="expected">Mean excess that the body of the scores lets one expect. It stands in for what is missing to <see cref="Enough"/>, so that
    /// the first few peaks do not throw over what was known before them.</param>
    public static PeakTail Fit(ReadOnlySpan<double> excesses, double independent, double expected) =>
        FitSorted(Quantiles.Sorted(excesses), independent, expected);

    /// <summary>The same of excesses in ascending order.</summary>
    /// <inheritdoc cref="Fit"/>
    public static PeakTail FitSorted(ReadOnlySpan<double> excesses, double independent, double expected)
    {
        var seen = Math.Max(2, independent);
        var n = Math.Max(seen, Enough);
        var fitted = GeneralizedPareto.FitPwmSorted(excesses);
        var mean = (seen * fitted.Mean + (n - seen) * expected) / n;
        var shape = fitted.Shape * seen / (seen + PriorPeaks);

        // An exponential whose mean is known from n excesses only is, as a prediction, a Pareto tail of shape 1/n: the least we extrapolate with.
        var least = 1 / n;
        var near = new GeneralizedPareto(shape, mean * (1 - shape));
        return shape >= least
            ? new PeakTail(near, near, 0)
            : new PeakTail(near, new GeneralizedPareto(least, mean), near.InverseSurvival(1 / n));
    }

    /// <summary>P(excess &gt; x), in [0, 1].</summary>
    public double Survival(double x) => x <= Join ? Near.Survival(x) : Near.Survival(Join) * Far.Survival(x - Join);

    /// <summary>The excess with this survival, in (0, 1].</summary>
    public double InverseSurvival(double survival)
    {
        var joined = Near.Survival(Join);
        return survival >= joined ? Near.InverseSurvival(survival) : Join + Far.InverseSurvival(survival / joined);
    }
}
