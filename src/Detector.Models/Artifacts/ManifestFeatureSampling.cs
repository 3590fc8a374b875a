using System.Text.Json.Serialization;

namespace Detector.Models.Artifacts;

/// <summary>How the values of one feature came that a model was trained on.</summary>
/// <param name="LongestRunTicks">Longest time that one value was repeated, in 100 ns ticks.</param>
/// <param name="LongestAbsenceTicks">Longest time between two values; null when there was none.</param>
/// <param name="Varies">Whether it took many values and changed often.</param>
public sealed record ManifestFeatureSampling(
    long LongestRunTicks,
    // Written though null: what is not there is refused.
    [property: JsonIgnore(Condition = JsonIgnoreCondition.Never)] long? LongestAbsenceTicks,
    bool Varies);
