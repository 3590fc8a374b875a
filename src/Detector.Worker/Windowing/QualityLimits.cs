using Detector.Worker.Contracts;

namespace Detector.Worker.Windowing;

/// <summary>When the data of one model's series are bad, with every default worked out. What is switched off has the limit <see cref="Never"/>.</summary>
/// <param name="SilentTicks">A longer time without a sample is silence.</param>
/// <param name="MaxGapTicks">After a longer gap the watch begins anew.</param>
/// <param name="StuckTicks">For each feature, how long it may repeat a value.</param>
/// <param name="MissingTicks">For each feature, how long it may stay away.</param>
/// <param name="NewFeatures">Whether unknown features are told.</param>
internal sealed record QualityLimits(long SilentTicks, long MaxGapTicks, long[] StuckTicks, long[] MissingTicks, bool NewFeatures)
{
    public const long Never = long.MaxValue;

    private const int LeastPeriods = 30;

    /// <summary>The limits that the options ask for.</summary>
    /// <param name="baseline">What training saw; null for a model that was stored without it, whose features are then never stuck.</param>
    /// <param name="mergeGap">Quiet time after which an anomaly episode is over.</param>
    /// <param name="mayRepeat">Whether a feature that repeats a value is stuck only where the options say so.</param>
    public static QualityLimits From(QualityOptions options, WindowShape shape, StreamBaseline? baseline, int features, TimeSpan mergeGap, bool mayRepeat = false)
    {
        long least = Math.Max(TimeSpan.TicksPerMinute, Math.Max(LeastPeriods * shape.PeriodTicks, shape.MaxGapTicks));
        long[] stuck = new long[features], missing = new long[features];
        for (int i = 0; i < features; i++)
        {
            FeatureBaseline? feature = baseline?.Features[i];
            stuck[i] = feature is { Varies: true } ? Limit(options.StuckAfter, mayRepeat ? Never : Math.Max(least, 10 * feature.LongestRunTicks)) : Never;
            missing[i] = feature is { LongestAbsenceTicks: null } ? Never : Limit(options.MissingAfter, Math.Max(least, 3 * (feature?.LongestAbsenceTicks ?? 0)));
        }

        long silent = Limit(options.SilentAfter, Math.Max(Math.Max(least, mergeGap.Ticks), 2 * (baseline?.LongestGapTicks ?? 0)));
        return new QualityLimits(silent, shape.MaxGapTicks, stuck, missing, options.NewFeatures);
    }

    private static long Limit(TimeSpan? stated, long derived) => stated is not { } limit ? derived : limit == TimeSpan.Zero ? Never : limit.Ticks;
}
