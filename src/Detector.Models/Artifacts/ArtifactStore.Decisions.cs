using System.Text.Json;

namespace Detector.Models.Artifacts;

// Versions that come into service by a decision, and the book of decisions.
public sealed partial class ArtifactStore
{
    private const string DecisionFile = "decisions.jsonl";
    private const string LockFile = ".lock";
    private const int MostDecisionBytes = 256 * 1024;

    /// <summary>Adds a version that does not serve yet.</summary>
    /// <inheritdoc cref="Save" path="/exception"/>
    public ArtifactManifest SaveAside(ArtifactManifest manifest, IReadOnlyDictionary<string, ArtifactTensor> tensors)
    {
        ArgumentNullException.ThrowIfNull(manifest);
        return SaveAs(manifest, tensors, Withdrawn + manifest.Version);
    }

    /// <summary>Whether a version is there, in service or aside.</summary>
    public bool Has(string pipeline, string key, string version) => ArtifactVersion.IsValid(version)
        && (Directory.Exists(DirectoryOf(pipeline, key, version)) || IsWithdrawn(pipeline, key, version));

    /// <summary>Puts a version into service: it, and none that is newer, serves from then on. The newer ones lie aside.</summary>
    /// <param name="champion">The version that must be serving; null if that does not matter.</param>
    /// <exception cref="IOException">It is not there, another worker has put another version into service, or the disk refused. What served serves on.</exception>
    public void Promote(string pipeline, string key, string version, string? champion = null)
    {
        var folder = KeyDirectory(pipeline, key);
        if (!Has(pipeline, key, version))
            throw new IOException($"Version '{version}' of model '{key}' in pipeline '{pipeline}' is not there.");
        using FileStream alone = new(Path.Combine(folder, LockFile), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        string[] serving = Versions(folder);
        if (champion is not null && serving.FirstOrDefault() != champion && serving.FirstOrDefault() != version)
        {
            throw new IOException(
                $"Version '{serving.FirstOrDefault()}' of model '{key}' in pipeline '{pipeline}' serves, not '{champion}': another worker has promoted it meanwhile.");
        }

        if (IsWithdrawn(pipeline, key, version) && !serving.Contains(version))
            Directory.Move(Path.Combine(folder, Withdrawn + version), Path.Combine(folder, version));
        foreach (var newer in serving.Where(other => string.CompareOrdinal(other, version) > 0).Reverse())
            Withdraw(pipeline, key, newer);
        DurableFiles.SyncDirectory(folder);
    }

    /// <summary>Writes a decision down; it is durable when this returns.</summary>
    /// <exception cref="IOException">The disk refused.</exception>
    public void Record(string pipeline, string key, ModelDecision decision)
    {
        var folder = KeyDirectory(pipeline, key);
        Directory.CreateDirectory(folder);
        var path = Path.Combine(folder, DecisionFile);
        if (File.Exists(path) && new FileInfo(path).Length > MostDecisionBytes)
            Shorten(path);
        // The line break comes first: what a crash has cut off is a line of its own, which is left out.
        byte[] line = [(byte)'\n', .. JsonSerializer.SerializeToUtf8Bytes(decision, DecisionJsonContext.Default.ModelDecision)];
        using var file = new FileStream(path, FileMode.Append, FileAccess.Write, FileShare.Read, bufferSize: 0);
        file.Write(line);
        file.Flush(flushToDisk: true);
        DurableFiles.SyncDirectory(folder);
    }

    /// <summary>The decisions about a model, the oldest first.</summary>
    public IReadOnlyList<ModelDecision> Decisions(string pipeline, string key)
    {
        var path = Path.Combine(KeyDirectory(pipeline, key), DecisionFile);
        return File.Exists(path) ? [.. File.ReadLines(path).Select(Read).OfType<ModelDecision>()] : [];
    }

    private static void Shorten(string path)
    {
        string[] lines = File.ReadAllLines(path);
        var temporary = path + ".new";
        File.Delete(temporary);
        DurableFiles.Write(temporary, System.Text.Encoding.UTF8.GetBytes(string.Join('\n', lines[(lines.Length / 2)..])));
        File.Move(temporary, path, overwrite: true);
    }

    private static ModelDecision? Read(string line)
    {
        try
        {
            return line.Length == 0 ? null : JsonSerializer.Deserialize(line, DecisionJsonContext.Default.ModelDecision);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
