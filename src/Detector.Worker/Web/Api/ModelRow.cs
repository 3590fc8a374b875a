using Detector.Models.Artifacts;
using Detector.Models.Training;

namespace Detector.Worker.Web.Api;

/// <summary>A stored version of a model.</summary>
/// <param name="Serves">Whether it scores now.</param>
/// <param name="Retrains">Whether it does and is learned anew while it serves.</param>
/// <param name="Refusal">Why it cannot be read; null when it can.</param>
internal sealed record ModelRow(
    string Pipeline, string Series, string Version, bool Serves, bool Retrains, DateTimeOffset? CreatedAt, IReadOnlyList<string> Networks, int? Features, string? Refusal)
{
    public static IEnumerable<ModelRow> All(PageServices services)
    {
        var serving = services.Pipelines.SelectMany(pipeline => pipeline.Slots.Select(slot => (pipeline.Name, slot.Key, slot.Model?.Version))).ToHashSet();
        HashSet<string> retrains = [.. services.Pipelines.Where(pipeline => pipeline.Options.Training.Retrain.Every is not null).Select(pipeline => pipeline.Name)];
        foreach (ArtifactEntry entry in services.Models.Manifests())
        {
            string folder = Path.GetFileName(entry.Directory);
            if (entry.Manifest is not { } manifest)
            {
                yield return new ModelRow("", Path.GetFileName(Path.GetDirectoryName(entry.Directory)!), folder, false, false, null, [], null, entry.Refusal);
                continue;
            }

            bool serves = serving.Contains((manifest.Pipeline, manifest.Key, manifest.Version));
            yield return new ModelRow(
                manifest.Pipeline, manifest.Key, manifest.Version, serves, serves && retrains.Contains(manifest.Pipeline), manifest.CreatedAt,
                NetworksOf(manifest), manifest.Features.Count, entry.Refusal);
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
