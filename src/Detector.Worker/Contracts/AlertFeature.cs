using System.Text.Json.Serialization;

namespace Detector.Worker.Contracts;

/// <summary>What one feature adds to an alert.</summary>
/// <param name="Name">Name of the feature.</param>
/// <param name="Contribution">Its share of the score, 0…1; the shares of all features add up to 1.</param>
/// <param name="Value">Measured value in the sensor's own units; null when missing.</param>
/// <param name="Expected">Reconstructed value in the sensor's own units.</param>
/// <param name="Band">Lower and upper end of what is normal around the expected value.</param>
/// <param name="Limit">The physical limit that the value has passed; null when it has not.</param>
public sealed record AlertFeature(
    string Name,
    double Contribution,
    double? Value,
    double Expected,
    IReadOnlyList<double> Band,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] double? Limit = null)
{
    /// <summary>Of a feature made of log lines: the kind of line, escaped; null and not written otherwise.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Template { get; init; }

    /// <summary>Of a feature made of log lines: some of them, escaped; null and not written otherwise.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<string>? Examples { get; init; }
}
