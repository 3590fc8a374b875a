using Detector.Models.Evaluation;
using Detector.Models.Thresholds;

namespace Detector.Benchmarks.Accuracy;

/// <summary>How many false alarms are seen where so many were stated: the thresholds that training gave, set to several rates and run along the scores.</summary>
internal static class StatedRates
{
    public static IReadOnlyList<(string Name, FalseAlarmRate Rate)> All { get; } =
    [
        ("1 an hour", new FalseAlarmRate(1, TimeSpan.FromHours(1))),
        ("1 a day", new FalseAlarmRate(1, TimeSpan.FromDays(1))),
        ("1 in 3 days", new FalseAlarmRate(1, TimeSpan.FromDays(3))),
        ("1 in 10 days", new FalseAlarmRate(1, TimeSpan.FromDays(10))),
    ];

    /// <summary>
    /// False alarms stated and seen in the normal rows after training, all tests together, and the share of those rows called anomalous: an alarm that
    /// never ends is one alarm. An alarm is a cluster as the threshold counts them.
    /// </summary>
    public static (double Stated, double Seen, double Share) Count(IEnumerable<CaseOutcome> outcomes, FalseAlarmRate rate)
    {
        double stated = 0, seen = 0;
        Confusion rows = default;
        foreach (CaseOutcome outcome in outcomes)
        {
            if (outcome.Threshold is not { } state)
                continue;
            foreach (ScoredTest test in outcome.Tests)
            {
                bool[] flags = Flags(state, test, rate);
                EventOutcomes events = test.Outcomes(flags, test.Test.Learned, state.Options.ClusterGap);
                rows += Confusion.Of(flags.AsSpan(test.Test.Learned), test.Labels.AsSpan(test.Test.Learned));
                stated += rate.PerDay * events.NormalTime.TotalDays;
                seen += events.FalseAlarms;
            }
        }

        return (stated, seen, rows.FalseAlarmRate);
    }

    private static bool[] Flags(ThresholdState state, ScoredTest test, FalseAlarmRate rate)
    {
        ThresholdOptions options = state.Options.With(state.Options.ClusterGap);
        options.FalseAlarms = rate;
        IThreshold threshold = ThresholdFactory.Restore(state, options);
        bool[] flags = new bool[test.Scores.Length];
        for (int row = 0; row < flags.Length; row++)
            flags[row] = double.IsFinite(test.Scores[row]) && threshold.Observe(test.Scores[row], test.Ticks[row]);
        return flags;
    }
}
