using System.Globalization;
using Detector.Models.Statistics;

namespace Detector.Models.Thresholds;

/// <summary>
/// A centre plus k spreads: <c>sigma</c> takes the mean and the standard deviation of the calibration scores, <c>mad</c> the median and the median
/// absolute deviation. k is what the user says, or what gives the stated rate if the scores were Gaussian, which scores hardly are: with heavy
/// tails <see cref="IThreshold.ExpectedPerDay"/> says how many more to expect.
/// </summary>
internal sealed class SpreadThreshold(string method, ThresholdOptions options, ThresholdState? state = null) : EpisodeThreshold(method, options, state)
{
    protected override double Choose(CalibrationScores scores, EpisodeModel episodes) => Rechoose(episodes);

    protected override double Rechoose(EpisodeModel episodes)
    {
        ScoreMoments moments = episodes.Moments;
        double k = Options.Factor ?? Normal.InverseSurvival(Math.Clamp(Options.FalseAlarms.PerDay / episodes.IndependentPerDay, 1e-15, 0.5));
        return Method == ThresholdFactory.Sigma ? moments.Mean + k * moments.Deviation : moments.Median + k * moments.MedianDeviation;
    }

    protected override bool SaysTheSame(ThresholdOptions before) =>
        before.Factor == Options.Factor && before.FalseAlarms.PerDay == Options.FalseAlarms.PerDay;

    protected override string Subject() => Options.Factor is { } factor
        ? string.Create(CultureInfo.InvariantCulture, $"{factor} spreads above the centre")
        : $"{Options.FalseAlarms}, were the scores Gaussian";
}
