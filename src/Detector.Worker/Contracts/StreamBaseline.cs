namespace Detector.Worker.Contracts;

/// <summary>How the samples of a model's series came while it learned: what later gaps and repetitions are held against.</summary>
/// <param name="LongestGapTicks">Longest time between two samples.</param>
/// <param name="Features">In the order of the model.</param>
internal sealed record StreamBaseline(long LongestGapTicks, IReadOnlyList<FeatureBaseline> Features);
