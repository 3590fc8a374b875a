using System.Text.Json.Serialization;

namespace Detector.Worker.Contracts;

/// <summary>
/// One step in the published life of an episode: an anomaly of the process, or bad data. A quality alert has no score: its numbers are not finite
/// here and null where they are published, and its features are those concerned.
/// </summary>
/// <param name="Id">Derived from pipeline, series and start of the episode (and reason and first feature of a quality alert), so that a replay repeats it.</param>
/// <param name="Revision">1 when firing, one more with every update and the resolution.</param>
/// <param name="StartedAt">Event time of the first anomalous sample.</param>
/// <param name="UpdatedAt">Event time of the sample that caused this revision.</param>
/// <param name="EndedAt">Event time of the last anomalous sample, once resolved.</param>
/// <param name="Score">Score at <paramref name="UpdatedAt"/>.</param>
/// <param name="Threshold">Threshold it was held against.</param>
/// <param name="PValue">Tail probability of the peak under normal operation.</param>
/// <param name="Features">Features at the peak, the largest contribution first.</param>
/// <param name="Reason">What is wrong with the data; null for an anomaly.</param>
public sealed record Alert(
    string Id,
    AlertState State,
    int Revision,
    string Pipeline,
    string Series,
    Severity Severity,
    DateTimeOffset StartedAt,
    DateTimeOffset UpdatedAt,
    DateTimeOffset? EndedAt,
    double Score,
    double Threshold,
    double PValue,
    AlertPeak Peak,
    IReadOnlyList<AlertFeature> Features,
    AlertModel Model,
    string ConfigHash,
    AlertKind Kind = AlertKind.Anomaly,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] QualityReason? Reason = null)
{
    /// <summary>What alerts have in common that belong together: of series of one pipeline that begin to fail in the same stretch of time.</summary>
    public string Group { get; init; } = Id;

    /// <summary>What has drifted; null for other alerts.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public DriftReason? Drift { get; init; }

    /// <summary>The reason in words; null where the other fields say it all.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Message { get; init; }

    /// <summary>What the episode looked like, for feedback; not published.</summary>
    [JsonIgnore]
    public AlertPattern? Pattern { get; init; }
}
