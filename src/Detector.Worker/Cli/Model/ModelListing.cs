using Detector.Models.Artifacts;
using Detector.Models.Training;

namespace Detector.Worker.Cli.Model;

/// <summary>A version of a model in a list, for machines.</summary>
/// <param name="Serves">Whether it is the newest of its model whose manifest verifies.</param>
/// <param name="Networks">Names of its networks; empty when they cannot be read.</param>
/// <param name="Bytes">What it takes on disk.</param>
/// <param name="Refusal">Why it cannot be read, null when it can.</param>
internal sealed record ModelListing(
    string Pipeline,
    string Series,
    string Version,
    bool Serves,
    DateTimeOffset? CreatedAt,
    double? AgeSeconds,
    IReadOnlyList<string> Networks,
    int? Features,
    int? WindowRows,
    TimeSpan? Period,
    long Bytes,
    string Directory,
    string? Refusal)
{
    /// <summary>Every version of a model.</summary>
    public static IEnumerable<ModelListing> Of(StoredModel model, DateTimeOffset now)
    {
        ArtifactEntry? serving = model.Versions.FirstOrDefault(entry => entry.Refusal is null);
        return model.Versions.Select(entry => new ModelListing(
            model.Pipeline,
            model.Series,
            StoredModel.VersionOf(entry),
            entry == serving,
            entry.Manifest?.CreatedAt,
            entry.Manifest is { } manifest ? (now - manifest.CreatedAt).TotalSeconds : null,
            entry.Manifest is { } described ? NetworksOf(described) : [],
            entry.Manifest?.Features.Count,
            entry.Manifest?.Window.LengthRows,
            entry.Manifest is { } windowed ? TimeSpan.FromTicks(windowed.Window.PeriodTicks) : null,
            new DirectoryInfo(entry.Directory).EnumerateFiles().Sum(file => file.Length),
            entry.Directory,
            entry.Refusal));
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
