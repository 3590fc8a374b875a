using Detector.Models.Statistics;

namespace Detector.Models.Thresholds;

/// <summary>Where calibration scores lie and how far they spread, in score units.</summary>
/// <param name="MedianDeviation">Median distance from the median, times 1.4826: the standard deviation if the scores were Gaussian.</param>
public readonly record struct ScoreMoments(double Mean, double Deviation, double Median, double MedianDeviation)
{
    /// <param name="sorted">(N) finite scores, N ≥ 1.</param>
    public static ScoreMoments Of(ReadOnlySpan<double> sorted)
    {
        double mean = 0, squares = 0;
        for (int i = 0; i < sorted.Length; i++)
        {
            double delta = sorted[i] - mean;
            mean += delta / (i + 1);
            squares += delta * (sorted[i] - mean);
        }

        return new ScoreMoments(
            mean, Math.Sqrt(squares / sorted.Length), Quantiles.OfSorted(sorted, 0.5), Quantiles.MadToSigma * Quantiles.MedianAbsoluteDeviation(sorted));
    }
}
