namespace Detector.Models.Artifacts;

/// <summary>How the samples came that a model was trained on.</summary>
/// <param name="LongestGapTicks">Longest time between two samples, in 100 ns ticks.</param>
/// <param name="Features">In the order of the manifest's features.</param>
public sealed record ManifestSampling(long LongestGapTicks, IReadOnlyList<ManifestFeatureSampling> Features);
