namespace Detector.Worker.Windowing;

/// <summary>
/// When the data of a series are said to be bad, by alerts of their own kind. All times are event time, zero switches an alert off, and the
/// defaults are never less than a minute, 30 periods or the window's <c>MaxGap</c>.
/// </summary>
public sealed class QualityOptions
{
    /// <summary>A series without a sample for so long is silent. Null: twice the longest gap in training, and no less than <c>Alert:MergeGap</c>.</summary>
    public TimeSpan? SilentAfter { get; set; }

    /// <summary>
    /// A feature that repeats one value for so long is stuck. Null: ten times its longest repetition in training. One that was constant then, took
    /// no more than 16 values, or changed at fewer than one in 20 samples is never stuck, and neither are counts of log lines.
    /// </summary>
    public TimeSpan? StuckAfter { get; set; }

    /// <summary>
    /// A feature that stays away for so long while its series goes on is missing, or of the wrong type when something comes that is no number.
    /// Null: three times its longest absence in training.
    /// </summary>
    public TimeSpan? MissingAfter { get; set; }

    /// <summary>Whether a feature that the model does not know is told, once for each series.</summary>
    public bool NewFeatures { get; set; } = true;
}
