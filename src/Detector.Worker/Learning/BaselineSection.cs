using Detector.Models.Artifacts;
using Detector.Worker.Contracts;

namespace Detector.Worker.Learning;

/// <summary>A stream's baseline as it stands in the manifest.</summary>
internal static class BaselineSection
{
    public static ManifestSampling? Write(StreamBaseline? baseline) => baseline is null
        ? null
        : new(baseline.LongestGapTicks,
            [.. baseline.Features.Select(feature => new ManifestFeatureSampling(feature.LongestRunTicks, feature.LongestAbsenceTicks, feature.Varies))]);

    /// <returns>Null where the manifest has none, or one of another number of features.</returns>
    public static StreamBaseline? Read(ArtifactManifest manifest) => manifest.Sampling is { } stream && stream.Features.Count == manifest.Features.Count
        ? new(stream.LongestGapTicks,
            [.. stream.Features.Select(feature => new FeatureBaseline(feature.LongestRunTicks, feature.LongestAbsenceTicks, feature.Varies))])
        : null;
}
