namespace Detector.Models.Thresholds;

/// <summary>A threshold as plain values: serialises with System.Text.Json, doubles round-trip.</summary>
/// <param name="Method">Name in <see cref="ThresholdFactory.Names"/>.</param>
/// <param name="Options">What the user said.</param>
/// <param name="Value">The threshold in score units.</param>
/// <param name="StatedPerDay">Episodes per series and day.</param>
/// <param name="Episodes">What was learned about normal scores.</param>
public sealed record ThresholdState(string Method, ThresholdOptions Options, double Value, double StatedPerDay, EpisodeState Episodes)
{
    /// <summary>Where normal scores are at present; null for a threshold that does not follow them.</summary>
    public DriftState? Drift { get; init; }

    /// <summary>Where normal scores were when calibration ended; null for a threshold that does not follow them.</summary>
    public double? CalibratedLevel { get; init; }

    /// <summary>How far above <see cref="Drift"/> the threshold is.</summary>
    public double Above { get; init; }

    /// <summary>The alarm that goes on, or the last one.</summary>
    public ReleaseState Release { get; init; }
}
