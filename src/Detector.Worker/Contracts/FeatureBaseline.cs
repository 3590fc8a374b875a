namespace Detector.Worker.Contracts;

/// <summary>How one feature came while its model learned.</summary>
/// <param name="LongestRunTicks">Longest time that it repeated one value.</param>
/// <param name="LongestAbsenceTicks">Longest time between two of its values; null when it never had one.</param>
/// <param name="Varies">Whether it took many values and changed often: only then does a repeated one mean anything.</param>
internal sealed record FeatureBaseline(long LongestRunTicks, long? LongestAbsenceTicks, bool Varies);
