namespace Detector.Worker.Deciding;

/// <summary>How anomalous verdicts become episodes and alerts. All times are event time.</summary>
public sealed class AlertOptions
{
    /// <summary>Anomalous verdicts closer than this belong to one episode, which is resolved after as long a quiet time.</summary>
    public TimeSpan MergeGap { get; set; } = TimeSpan.FromMinutes(2);

    /// <summary>An episode fires once it has lasted this long.</summary>
    public TimeSpan MinDuration { get; set; } = TimeSpan.Zero;

    /// <summary>Least time between two updates of a firing alert.</summary>
    public TimeSpan UpdateInterval { get; set; } = TimeSpan.FromMinutes(1);

    /// <summary>An episode is critical when its peak is this many times less probable than the threshold.</summary>
    public double CriticalFactor { get; set; } = 100;

    /// <summary>Features that an alert names, the largest contributions first.</summary>
    public int MaxFeatures { get; set; } = 5;
}
