using System.Text.Json.Serialization;

namespace Detector.Worker.Contracts;

/// <summary>The model version an alert came from.</summary>
public sealed record AlertModel(string Version, IReadOnlyList<string> Networks)
{
    /// <summary><c>group</c> for the model of other series that a new one is scored by until it has its own; else not there.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Scope { get; init; }
}
