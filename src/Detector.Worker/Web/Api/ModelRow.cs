using Detector.Models.Artifacts;
using Detector.Models.Training;

namespace Detector.Worker.Web.Api;

/// <summary>A stored version of a model.</summary>
/// <param name="Serves">Whether it scores now.</param>
/// <param name="Refusal">Why it cannot be read; null when it can.</param>
internal sealed record ModelRow(
    string Pipeline, string Series, string Version, bool Serves, DateTimeOffset? CreatedAt, IReadOnlyList<string> Networks, int? Features, string? Refusal)
{
    public static IEnumerable<ModelRow> All(PageServices services)
    {
        var serving = services.Pipelines.SelectMany(pipeline => pipeline.Slots.Select(slot => (pipeline.Name, slot.Key, slot.Model?.Version))).ToHashSet();
        foreach (ArtifactEntry entry in services.Models.Manifests())
        {
            string folder = Path.GetFileName(entry.Directory);
            yield return entry.Manifest is { } manifest
                ? new ModelRow(
                    manifest.Pipeline, manifest.Key, manifest.Version, serving.Contains((manifest.Pipeline, manifest.Key, manifest.Version)), manifest.CreatedAt,
                    NetworksOf(manifest), manifest.Features.Count, entry.Refusal)
                : new ModelRow("", Path.GetFileName(Path.GetDirectoryName(entry.Directory)!), folder, false, null, [], null, entry.Refusal);
        }
    }

    private static IReadOnlyList<string> NetworksOf(ArtifactManifest manifest)
    {
        try
        {
            return ModelArtifact.Networks(manifest);
        }
        catch (InvalidDataException)
        {
            return [];
        }
    }
}
