using Detector.Models.Statistics;

namespace Detector.Models.Thresholds;

/// <summary>Robust location and spread of log-scores: a usable tail from few rows. The quantile is a Gaussian's, widened as a prediction from
/// few independent rows must be: t ≈ z + (z³ + z)/(4ν), the first Cornish-Fisher term of Student's t.</summary>
/// <param name="Logarithmic">False when scores were not all positive; then location and spread are those of the scores.</param>
/// <param name="Location">Median.</param>
/// <param name="Spread">Larger of the Gaussian-scaled MAD and upper-decile spread; positive.</param>
/// <param name="IndependentRows">Rows over their integrated autocorrelation time.</param>
/// <param name="IndependentPerDay">Independent rows in a day of observation.</param>
public readonly record struct LogTail(bool Logarithmic, double Location, double Spread, double IndependentRows, double IndependentPerDay)
{
    private const double UpperDecile = 1.2815515655446004;
    private const double LeastFreedom = 8; // below, the expansion leaves its range and thresholds explode
    private const double LeastLogSpread = 0.05; // scores that hardly move: 5 % is their resolution

    /// <summary>Fits to calibration scores.</summary>
    /// <param name="scores">(N) finite scores.</param>
    /// <param name="autocorrelationTime">Integrated autocorrelation time in rows, ≥ 1.</param>
    /// <param name="rowsPerDay">Rows in a day of observation.</param>
    public static LogTail Fit(ReadOnlySpan<double> scores, double autocorrelationTime, double rowsPerDay)
    {
        var values = Quantiles.Sorted(scores);
        var logarithmic = values[0] > 0;
        if (logarithmic)
            for (var i = 0; i < values.Length; i++)
                values[i] = Math.Log(values[i]);

        var location = Quantiles.OfSorted(values, 0.5);
        var least = logarithmic ? LeastLogSpread : Math.Max(LeastLogSpread * Math.Abs(location), 1e-6);
        var spread = Math.Max(Quantiles.MadToSigma * Quantiles.MedianAbsoluteDeviation(values),
            (Quantiles.OfSorted(values, 0.9) - location) / UpperDecile);
        return new LogTail(logarithmic, location, Math.Max(spread, least), values.Length / autocorrelationTime, rowsPerDay / autocorrelationTime);
    }

    /// <summary>P(row &gt; score), in [0, 1].</summary>
    public double Survival(double score)
    {
        if (Logarithmic && score <= 0)
            return 1;
        var t = ((Logarithmic ? Math.Log(score) : score) - Location) / (Spread * Widening);
        return Normal.Survival(Deflate(t));
    }

    /// <summary>The score with this survival.</summary>
    public double InverseSurvival(double survival)
    {
        var z = Normal.InverseSurvival(Math.Clamp(survival, 1e-290, 1 - 1e-12));
        var t = Location + Spread * Widening * (z + (z * z * z + z) / (4 * Freedom));
        return Logarithmic ? Math.Exp(Math.Min(t, 700)) : t;
    }

    private double Freedom => Math.Max(LeastFreedom, IndependentRows - 1);

    private double Widening => Math.Sqrt(1 + 1 / Math.Max(1, IndependentRows));

    // Solves z + (z³ + z)/(4ν) = t by Newton; the left side is increasing.
    private double Deflate(double t)
    {
        if (!double.IsFinite(t))
            return t;
        var z = Math.Clamp(t, -50, 50);
        for (var i = 0; i < 60; i++)
        {
            var step = (z + (z * z * z + z) / (4 * Freedom) - t) / (1 + (3 * z * z + 1) / (4 * Freedom));
            z -= step;
            if (Math.Abs(step) < 1e-13)
                break;
        }

        return z;
    }
}
