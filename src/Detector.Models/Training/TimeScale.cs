using Detector.Models.Scoring;
using Detector.Models.Statistics;

namespace Detector.Models.Training;

/// <summary>
/// Over how many rows a view's longer time scale takes its mean. A mean over many rows is worth having where the errors of normal rows come singly, so that
/// it falls far below what single rows reach, and only a fault that lasts is left. Where normal errors last themselves, it hides the short faults and shows no
/// others. Which of the two a series is, its own held-out windows say.
/// </summary>
internal static class TimeScale
{
    private const double Quantile = 0.95;

    /// <summary>Time constants in rows, the longest first, and what of a single row's error must be left for each: e^−1 and e^−0.69.</summary>
    private static readonly (int Rows, double Left)[] s_longer = [(32, 0.37), (16, 0.5)];

    /// <summary>The longest mean that keeps its word on the held-out windows; else the shortest one, of which nothing is asked.</summary>
    /// <param name="errors">(N) errors of single rows, in the order of the rows.</param>
    /// <param name="restarted">(N) before which of them nothing counts.</param>
    /// <param name="heldFrom">From where on nothing was learned from them; less than N.</param>
    /// <returns>The time constant in rows, and (N) the running means.</returns>
    public static (int Rows, double[] Means) Choose(double[] errors, ReadOnlySpan<bool> restarted, int heldFrom)
    {
        double single = Quantiles.Of(errors.AsSpan(heldFrom), Quantile);
        foreach ((int rows, double left) in s_longer)
        {
            double[] longer = Means(errors, restarted, rows);
            if (Quantiles.Of(longer.AsSpan(heldFrom), Quantile) < left * single)
                return (rows, longer);
        }

        return (SpanAverages.ShortRows, Means(errors, restarted, SpanAverages.ShortRows));
    }

    private static double[] Means(double[] errors, ReadOnlySpan<bool> restarted, int rows)
    {
        double[] means = new double[errors.Length];
        double mean = 0, seen = 0;
        for (int i = 0; i < errors.Length; i++)
        {
            seen = restarted[i] ? 1 : seen + 1;
            means[i] = mean += SpanAverages.Gain(rows, seen) * (errors[i] - mean);
        }

        return means;
    }
}
