namespace Detector.Worker.Deciding;

/// <summary>How anomalous verdicts become episodes and alerts. All times are event time.</summary>
public sealed class AlertOptions
{
    /// <summary>Anomalous verdicts closer than this belong to one episode, which is resolved after as long a quiet time.</summary>
    public TimeSpan MergeGap { get; set; } = TimeSpan.FromMinutes(2);

    /// <summary>An episode fires once it has lasted this long.</summary>
    public TimeSpan MinDuration { get; set; } = TimeSpan.Zero;

    /// <summary>While an episode is open, a score counts as anomalous down to this share below the threshold: one that hovers there is one episode.</summary>
    public double Hysteresis { get; set; }

    /// <summary>Least time between two updates of a firing alert.</summary>
    public TimeSpan UpdateInterval { get; set; } = TimeSpan.FromMinutes(1);

    /// <summary>An alert that goes on is told again after this time, changed or not; 0 never. 4 hours is Alertmanager's own repeat_interval.</summary>
    public TimeSpan RepeatInterval { get; set; } = TimeSpan.FromHours(4);

    /// <summary>An episode is a warning when its peak is this many times less probable than the threshold, before that only info.</summary>
    public double WarningFactor { get; set; } = 1;

    /// <summary>An episode is critical when its peak is this many times less probable than the threshold.</summary>
    public double CriticalFactor { get; set; } = 100;

    /// <summary>Features that an alert names, the largest contributions first.</summary>
    public int MaxFeatures { get; set; } = 5;

    /// <summary>Series of the pipeline that fail within this time of each other get one <c>group</c>; 0 gives each its own.</summary>
    public TimeSpan GroupWindow { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>
    /// Least cosine between the directions of two episodes that are alike, for feedback. On simulated pumps twins are stopped as often from 0.6 to 0.9,
    /// and fewer other faults are taken for twins the higher it is (docs/alerts.md).
    /// </summary>
    public double Similarity { get; set; } = 0.85;

    /// <summary>What is known of features, by name or pattern (<c>*</c>, <c>?</c>).</summary>
    public IDictionary<string, FeatureGuardOptions> Features { get; set; } = new Dictionary<string, FeatureGuardOptions>(StringComparer.Ordinal);
}
