using System.Text.Json.Serialization;

namespace Detector.Models.Statistics;

/// <summary>The generalised Pareto distribution of excesses x ≥ 0:
/// P(X &gt; x) = (1 + Shape·x/Scale)^(−1/Shape), exponential at shape 0.</summary>
/// <param name="Shape">ξ; positive = heavy tail, negative = bounded by −Scale/Shape.</param>
/// <param name="Scale">σ &gt; 0, in units of the excess.</param>
public readonly record struct GeneralizedPareto(double Shape, double Scale)
{
    /// <summary>Fitted shapes are clipped to ± this: beyond it the moments the fit rests on barely exist.</summary>
    public const double MaxShape = 0.5;

    /// <summary>Fits by probability-weighted moments (Hosking and Wallis, "Parameter and Quantile Estimation for the Generalized Pareto
    /// Distribution", Technometrics 1987). A clipped shape keeps the sample's mean.</summary>
    /// <param name="excesses">(N) finite excesses ≥ 0 in any order, N ≥ 1, not all zero.</param>
    /// <exception cref="ArgumentException">No excesses, or a mean that is not positive and finite.</exception>
    public static GeneralizedPareto FitPwm(ReadOnlySpan<double> excesses) => FitPwmSorted(Quantiles.Sorted(excesses));

    /// <summary>The same of excesses in ascending order.</summary>
    /// <inheritdoc cref="FitPwm"/>
    public static GeneralizedPareto FitPwmSorted(ReadOnlySpan<double> sorted)
    {
        double mean = 0, weighted = 0; // a0 = E[X], a1 = E[X·(1 − F(X))]
        for (var i = 0; i < sorted.Length; i++)
        {
            mean += sorted[i];
            weighted += sorted[i] * (sorted.Length - 1 - i) / Math.Max(1, sorted.Length - 1);
        }

        mean /= sorted.Length;
        weighted /= sorted.Length;
        if (!(mean > 0) || !double.IsFinite(mean))
            throw new ArgumentException(
                $"A generalised Pareto fit needs excesses with a positive finite mean; {sorted.Length} with another were given.", nameof(sorted));

        var spread = mean - 2 * weighted;
        var shape = spread > 1e-12 * mean ? 2 - mean / spread : -MaxShape;
        shape = sorted.Length < 3 ? 0 : Math.Clamp(shape, -MaxShape, MaxShape);
        return new GeneralizedPareto(shape, mean * (1 - shape));
    }

    /// <summary>Mean excess; infinite from shape 1.</summary>
    [JsonIgnore]
    public double Mean => Shape < 1 ? Scale / (1 - Shape) : double.PositiveInfinity;

    /// <summary>P(X &gt; x), in [0, 1]; 1 for x ≤ 0.</summary>
    public double Survival(double x)
    {
        if (x <= 0)
            return 1;
        var y = x / Scale;
        if (Math.Abs(Shape) < 1e-9)
            return Math.Exp(-y);
        return Shape * y <= -1 ? 0 : Math.Exp(-LogOnePlus(Shape * y) / Shape);
    }

    /// <summary>The x with P(X ≤ x) = <paramref name="probability"/>. For rare events <see cref="InverseSurvival"/> keeps all digits.</summary>
    public double Quantile(double probability) => InverseSurvival(1 - probability);

    /// <summary>The x with P(X &gt; x) = <paramref name="survival"/>.</summary>
    /// <param name="survival">In (0, 1].</param>
    public double InverseSurvival(double survival)
    {
        if (!(survival is > 0 and <= 1))
            throw new ArgumentOutOfRangeException(nameof(survival), survival, "A survival probability is above 0 and at most 1.");
        var y = -Math.Log(survival);
        return Scale * (Math.Abs(Shape) < 1e-9 ? y : ExpMinusOne(Shape * y) / Shape);
    }

    // .NET's LogP1 and ExpM1 are the naive formulas; these are Kahan's, exact near 0.
    private static double LogOnePlus(double x)
    {
        var u = 1 + x;
        return u == 1 ? x : double.IsInfinity(u) ? u : Math.Log(u) * x / (u - 1);
    }

    private static double ExpMinusOne(double x)
    {
        var u = Math.Exp(x);
        if (u == 1)
            return x;
        return u - 1 == -1 ? -1 : double.IsInfinity(u) ? u : (u - 1) * x / Math.Log(u);
    }
}
