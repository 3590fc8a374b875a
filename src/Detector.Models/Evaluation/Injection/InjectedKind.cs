namespace Detector.Models.Evaluation.Injection;

/// <summary>Kinds of made-up anomalies. Sizes s are in standard deviations of the feature, lengths in rows.</summary>
public enum InjectedKind
{
    /// <summary>One to three rows lie s away from where they were.</summary>
    Spike,

    /// <summary>The feature lies s away from where it was, from the first row of the event to the last.</summary>
    LevelShift,

    /// <summary>The feature moves away evenly, by s at the last row.</summary>
    Drift,

    /// <summary>Gaussian noise of standard deviation s is added.</summary>
    Variance,

    /// <summary>The feature runs through its own values 1 + s times as fast, forth and back: same range, other rhythm.</summary>
    Frequency,

    /// <summary>The feature shows its own values of another time: each as usual by itself, but no longer beside the others.</summary>
    CorrelationBreak,

    /// <summary>The feature keeps the value of the event's first row.</summary>
    Stuck,

    /// <summary>About every second row reads zero, or s below where it was, where zero is no further off than that.</summary>
    Dropout,
}
