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

    /// <summary>Rates that are stated on held-out normal rows; the first are for recordings of less than an hour.</summary>
    public static IReadOnlyList<(string Name, FalseAlarmRate Rate)> Calibration { get; } =
    [
        ("1 in 5 minutes", new FalseAlarmRate(1, TimeSpan.FromMinutes(5))),
        ("1 in 20 minutes", new FalseAlarmRate(1, TimeSpan.FromMinutes(20))),
        ("4 a day", new FalseAlarmRate(4, TimeSpan.FromDays(1))),
        ("1 a day", new FalseAlarmRate(1, TimeSpan.FromDays(1))),
        ("1 in 3 days", new FalseAlarmRate(1, TimeSpan.FromDays(3))),
        ("1 a week", FalseAlarmRate.OncePerWeek),
        ("1 in 10 days", new FalseAlarmRate(1, TimeSpan.FromDays(10))),
    ];

    /// <summary>Whether alarms come as rarely as the rate says when the gap that tells two apart is kept: at a rate of one in four gaps hardly.</summary>
    public static bool CanBeCounted(IEnumerable<CaseOutcome> outcomes, FalseAlarmRate rate) =>
        outcomes.All(outcome => outcome.Threshold is not { } state || rate.PerDay * Gap(state).TotalDays <= 0.25);

    /// <summary>Time without any row above the threshold after which an alarm is another one, as the threshold counts them.</summary>
    private static TimeSpan Gap(ThresholdState state) => TimeSpan.FromTicks(Math.Min(state.Options.ClusterGap.Ticks, state.Episodes.GapTicks));

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
                EventOutcomes events = test.Outcomes(flags, test.Test.Learned, Gap(state));
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
