namespace Detector.Models.Statistics;

/// <summary>How much a row says about the rows after it.</summary>
public static class Autocorrelation
{
    private const int MaxRows = 20_000; // enough for the sum, and bounds the work

    /// <summary>Integrated autocorrelation time τ = 1 + 2·Σρ(k) in rows (at least 1), summed up to the self-consistent window k ≥ 5τ
    /// (Sokal, "Monte Carlo Methods in Statistical Mechanics", 1997). N/τ rows are as good as independent.</summary>
    /// <param name="values">(N) finite values in order of time; of long series the latest 20,000 count.</param>
    public static double IntegratedTime(ReadOnlySpan<double> values)
    {
        if (values.Length > MaxRows)
            values = values[^MaxRows..];
        if (values.Length < 4)
            return 1;

        var centred = new double[values.Length];
        double mean = 0, variance = 0;
        foreach (var value in values)
            mean += value / values.Length;
        for (var i = 0; i < centred.Length; i++)
        {
            centred[i] = values[i] - mean;
            variance += centred[i] * centred[i];
        }

        if (!(variance > 1e-24 * mean * mean * values.Length)) // constant but for rounding
            return 1;

        var time = 1.0;
        for (var lag = 1; lag < values.Length / 3 && lag < 5 * time; lag++)
        {
            double covariance = 0;
            for (var i = lag; i < centred.Length; i++)
                covariance += centred[i] * centred[i - lag];
            time += 2 * covariance / variance;
            if (time < 1)
                return 1;
        }

        return time;
    }
}
