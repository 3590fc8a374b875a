using Detector.Models.Statistics;

namespace Detector.Models.Thresholds;

/// <summary>
/// Tail of scores when there are too few clusters to fit one: exponential above the upper quartile. Its scale is learned from the rows above and,
/// because few of them are independent, from the body: as if <see cref="PriorRows"/> rows with the body's own spread had been seen too. What is
/// not known of the scale makes the prediction a Pareto tail (the posterior predictive of an exponential under its conjugate prior).
/// </summary>
/// <param name="Level">The upper quartile, score units.</param>
/// <param name="Shape">α of the Pareto tail P(X &gt; x) = ¼ (1 + (x − Level)/Scale)^(−α).</param>
/// <param name="Scale">Score units; positive.</param>
/// <param name="IndependentRows">Rows over their integrated autocorrelation time.</param>
/// <param name="IndependentPerDay">Independent rows in a day of observation.</param>
public readonly record struct SparseTail(double Level, double Shape, double Scale, double IndependentRows, double IndependentPerDay)
{
    private const double Share = 0.25;
    private const double PriorRows = 30;
    private const double LeastSpread = 0.02; // of the level: the resolution of scores that hardly move

    /// <summary>Mean excess to expect, score units: over the level, and over any level above it while the tail is exponential.</summary>
    public double Mean => Scale / Shape;

    /// <summary>Fits to calibration scores.</summary>
    /// <param name="sorted">(N) finite scores, ascending.</param>
    /// <param name="autocorrelationTime">Integrated autocorrelation time in rows, ≥ 1.</param>
    /// <param name="rowsPerDay">Rows in a day of observation.</param>
    public static SparseTail Fit(ReadOnlySpan<double> sorted, double autocorrelationTime, double rowsPerDay)
    {
        double level = Quantiles.OfSorted(sorted, 1 - Share), lower = Quantiles.OfSorted(sorted, Share);
        double spread = Math.Max((level - lower) * Quantiles.IqrToSigma, Math.Max(LeastSpread * Math.Abs(level), 1e-6));
        double sum = 0;
        int count = 0;
        for (int i = sorted.Length - 1; i >= 0 && sorted[i] > level; i--)
        {
            sum += sorted[i] - level;
            count++;
        }

        double independent = sorted.Length / autocorrelationTime;
        double rows = Share * independent;
        double mean = count == 0 ? spread : sum / count;
        return new SparseTail(level, PriorRows + rows, PriorRows * spread + rows * mean, independent, rowsPerDay / autocorrelationTime);
    }

    /// <summary>P(row &gt; score), in [0, 1]; ¼ at the level and 1 below it.</summary>
    public double Survival(double score) =>
        score < Level ? 1 : Share * Math.Pow(1 + (score - Level) / Scale, -Shape);

    /// <summary>The score with this survival; the level where it is more than ¼.</summary>
    public double InverseSurvival(double survival) =>
        survival >= Share ? Level : Level + Scale * (Math.Pow(Share / Math.Max(survival, 1e-290), 1 / Shape) - 1);
}
