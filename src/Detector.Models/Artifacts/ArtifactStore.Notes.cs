namespace Detector.Models.Artifacts;

// What is kept beside the versions of a model.
public sealed partial class ArtifactStore
{
    /// <summary>Keeps bytes beside the versions of a model, in place of those of the same name; whole and durable when this returns.</summary>
    /// <param name="name">A plain file name that no version has: one with a dot within.</param>
    /// <exception cref="IOException">The disk refused; what was kept before is still there.</exception>
    public void Keep(string pipeline, string key, string name, ReadOnlySpan<byte> bytes)
    {
        var folder = KeyDirectory(pipeline, key);
        Directory.CreateDirectory(folder);
        var temporary = Path.Combine(folder, Temporary + name);
        File.Delete(temporary);
        DurableFiles.Write(temporary, bytes);
        File.Move(temporary, Path.Combine(folder, name), overwrite: true);
        DurableFiles.SyncDirectory(folder);
    }

    /// <summary>What <see cref="Keep"/> has kept; null when there is nothing.</summary>
    /// <exception cref="IOException">The disk refused.</exception>
    public byte[]? Kept(string pipeline, string key, string name)
    {
        var path = Path.Combine(KeyDirectory(pipeline, key), name);
        return File.Exists(path) ? File.ReadAllBytes(path) : null;
    }
}
