using Detector.Models.Artifacts;

namespace Detector.Worker.Cli.Model;

/// <summary>A model in a store.</summary>
/// <param name="Versions">Its versions, newest first, at least one.</param>
internal sealed record StoredModel(IReadOnlyList<ArtifactEntry> Versions)
{
    /// <summary>Name of the pipeline; of a model no version of which can be read, the folder's.</summary>
    public string Pipeline { get; } = Versions.Select(entry => entry.Manifest?.Pipeline).FirstOrDefault(name => name is not null) ?? Folder(Versions[0], 2);

    /// <summary>Series, or <c>*</c>.</summary>
    public string Series { get; } = Versions.Select(entry => entry.Manifest?.Key).FirstOrDefault(name => name is not null) ?? Folder(Versions[0], 1);

    /// <summary>Name of the version in a folder.</summary>
    public static string VersionOf(ArtifactEntry entry) => Path.GetFileName(entry.Directory);

    private static string Folder(ArtifactEntry entry, int up)
    {
        string path = entry.Directory;
        for (int i = 0; i < up; i++)
            path = Path.GetDirectoryName(path)!;
        return Path.GetFileName(path);
    }
}
