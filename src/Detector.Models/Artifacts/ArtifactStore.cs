using System.Diagnostics.CodeAnalysis;

namespace Detector.Models.Artifacts;

/// <summary>Artifacts in folders <c>pipeline/key/version</c>. A version is there whole or not at all: written beside, synced, renamed. What does not
/// verify is refused with the reason, and the version before it serves. One process owns a store.</summary>
/// <param name="directory">Root folder; made when first needed.</param>
public sealed partial class ArtifactStore(string directory)
{
    /// <summary>The file of a version without which the others count for nothing.</summary>
    public const string LastFile = ArtifactFiles.ManifestHash;

    private const string Temporary = ".tmp-"; // no safe name begins with a dot
    private const string Withdrawn = ".withdrawn-";

    /// <summary>Adds a version.</summary>
    /// <returns>The manifest as written, with its files.</returns>
    /// <exception cref="ArgumentException">The version's name is not allowed, see <see cref="ArtifactVersion.IsValid"/>.</exception>
    /// <exception cref="IOException">The version exists already, or the disk refused.</exception>
    public ArtifactManifest Save(ArtifactManifest manifest, IReadOnlyDictionary<string, ArtifactTensor> tensors)
    {
        ArgumentNullException.ThrowIfNull(manifest);
        return SaveAs(manifest, tensors, manifest.Version);
    }

    private ArtifactManifest SaveAs(ArtifactManifest manifest, IReadOnlyDictionary<string, ArtifactTensor> tensors, string folderName)
    {
        ArgumentNullException.ThrowIfNull(tensors);
        if (!ArtifactVersion.IsValid(manifest.Version))
            throw new ArgumentException($"'{manifest.Version}' cannot name a version; use 1 to 64 letters, digits, '_' or '-'.", nameof(manifest));

        var key = KeyDirectory(manifest.Pipeline, manifest.Key);
        var target = Path.Combine(key, folderName);
        if (Path.Exists(target))
            throw new IOException($"Version '{manifest.Version}' of model '{manifest.Key}' in pipeline '{manifest.Pipeline}' exists already.");
        var temporary = Path.Combine(key, Temporary + manifest.Version);
        if (Directory.Exists(temporary))
            Directory.Delete(temporary, recursive: true);
        Directory.CreateDirectory(temporary);
        var written = ArtifactFiles.Write(temporary, manifest, tensors);
        DurableFiles.SyncDirectory(temporary);
        Directory.Move(temporary, target);
        foreach (var folder in (ReadOnlySpan<string>)[key, Path.GetDirectoryName(key)!, directory])
            DurableFiles.SyncDirectory(folder);
        return written;
    }

    /// <summary>Adds a version from the bytes of its files, as they were read from another store.</summary>
    /// <param name="files">By plain file name.</param>
    /// <exception cref="InvalidDataException">It does not verify, or belongs to another model; nothing was added.</exception>
    /// <exception cref="IOException">The version exists already, or the disk refused.</exception>
    public void Import(string pipeline, string key, string version, IReadOnlyDictionary<string, byte[]> files)
    {
        ArgumentNullException.ThrowIfNull(files);
        if (!ArtifactVersion.IsValid(version) || files.Keys.FirstOrDefault(name => !ArtifactFiles.IsPlainName(name)) is not null)
            throw new InvalidDataException($"'{version}' of model '{key}' in pipeline '{pipeline}' has a name that is none of a version, or a file that is none.");
        var folder = KeyDirectory(pipeline, key);
        var temporary = Path.Combine(folder, Temporary + version);
        if (Directory.Exists(temporary))
            Directory.Delete(temporary, recursive: true);
        Directory.CreateDirectory(temporary);
        foreach (var (name, bytes) in files)
            DurableFiles.Write(Path.Combine(temporary, name), bytes);
        if (!TryRead(temporary, out var artifact, out var refusal) || artifact.Manifest is not { } manifest
            || (manifest.Pipeline, manifest.Key, manifest.Version) != (pipeline, key, version))
        {
            Directory.Delete(temporary, recursive: true);
            throw new InvalidDataException(refusal ?? $"It says it is version '{artifact!.Manifest.Version}' of '{artifact.Manifest.Key}' in '{artifact.Manifest.Pipeline}'.");
        }

        DurableFiles.SyncDirectory(temporary);
        Directory.Move(temporary, Path.Combine(folder, version));
        DurableFiles.SyncDirectory(folder);
    }

    /// <summary>Whether a version was taken out of service and lies beside.</summary>
    public bool IsWithdrawn(string pipeline, string key, string version) => Directory.Exists(Path.Combine(KeyDirectory(pipeline, key), Withdrawn + version));

    /// <summary>Loads the newest version that verifies.</summary>
    /// <param name="pipeline">Name of the pipeline.</param>
    /// <param name="key">Series, or <see cref="ArtifactManifest.SharedKey"/>.</param>
    /// <param name="artifact">The version that serves; null when none does.</param>
    /// <param name="refusals">One sentence for each newer version that was refused.</param>
    public bool TryLoadLatest(string pipeline, string key, [NotNullWhen(true)] out Artifact? artifact, out IReadOnlyList<string> refusals)
    {
        var reasons = new List<string>();
        refusals = reasons;
        foreach (var version in Versions(pipeline, key))
        {
            if (TryLoad(pipeline, key, version, out artifact, out var refusal))
                return true;
            reasons.Add(refusal);
        }

        artifact = null;
        return false;
    }

    /// <summary>Loads one version.</summary>
    /// <param name="pipeline">Name of the pipeline.</param>
    /// <param name="key">Series, or <see cref="ArtifactManifest.SharedKey"/>.</param>
    /// <param name="version">One of <see cref="Versions(string, string)"/>.</param>
    /// <param name="artifact">Null when it was refused.</param>
    /// <param name="refusal">Why, as a sentence that names the file; null on success.</param>
    public bool TryLoad(
        string pipeline, string key, string version, [NotNullWhen(true)] out Artifact? artifact, [NotNullWhen(false)] out string? refusal)
    {
        if (!ArtifactVersion.IsValid(version))
        {
            artifact = null;
            refusal = $"'{version}' cannot name a version.";
            return false;
        }

        var folder = IsWithdrawn(pipeline, key, version) && !Directory.Exists(DirectoryOf(pipeline, key, version)) ? Withdrawn + version : version;
        if (!TryRead(Path.Combine(KeyDirectory(pipeline, key), folder), out artifact, out refusal))
            return false;
        var manifest = artifact.Manifest;
        if (manifest.Pipeline == pipeline && manifest.Key == key && manifest.Version == version)
            return true;
        refusal = $"Version '{version}' of model '{key}' in pipeline '{pipeline}' was refused: {ArtifactFiles.Manifest} belongs to version "
            + $"'{manifest.Version}' of '{manifest.Key}' in '{manifest.Pipeline}'.";
        artifact = null;
        return false;
    }

    /// <summary>Names of the versions of a model, newest first, verified or not.</summary>
    public IReadOnlyList<string> Versions(string pipeline, string key) => Versions(KeyDirectory(pipeline, key));

    /// <summary>Folder of a version, whether it is there or not.</summary>
    public string DirectoryOf(string pipeline, string key, string version) => Path.Combine(KeyDirectory(pipeline, key), version);

    /// <summary>Every version of every model, verified; of each model the newest first.</summary>
    public IEnumerable<ArtifactEntry> List() => Paths().Select(path => TryRead(path, out var artifact, out var refusal)
        ? new ArtifactEntry(path, artifact.Manifest, null)
        : new ArtifactEntry(path, null, refusal));

    /// <summary>Every version of every model by its verified manifest, the weights unread: quick, however large the models are.</summary>
    public IEnumerable<ArtifactEntry> Manifests() => Paths().Select(path =>
    {
        var manifest = Attempt(path, ArtifactFiles.ReadManifest, out var refusal);
        return new ArtifactEntry(path, manifest, refusal);
    });

    /// <summary>Takes a version out of service by renaming its folder; the one before it serves from then on. It lies beside until <see cref="Prune"/>.</summary>
    /// <returns>Where it lies now.</returns>
    /// <exception cref="IOException">The disk refused.</exception>
    public string Withdraw(string pipeline, string key, string version)
    {
        if (!ArtifactVersion.IsValid(version))
            throw new ArgumentException($"'{version}' cannot name a version.", nameof(version));
        var path = KeyDirectory(pipeline, key);
        var aside = Path.Combine(path, Withdrawn + version);
        if (Directory.Exists(aside))
            Directory.Delete(aside, recursive: true);
        Directory.Move(Path.Combine(path, version), aside);
        DurableFiles.SyncDirectory(path);
        return aside;
    }

    /// <summary>Removes versions older than the newest <paramref name="keep"/> that verify, withdrawn ones older than as many, and what a crash left behind.</summary>
    /// <returns>Names of the versions removed.</returns>
    public IReadOnlyList<string> Prune(string pipeline, string key, int keep)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(keep, 1);
        var path = KeyDirectory(pipeline, key);
        var removed = new List<string>();
        var verified = 0;
        foreach (var version in Versions(path))
        {
            if (verified >= keep && Remove(pipeline, key, version))
                removed.Add(version);
            else if (TryLoad(pipeline, key, version, out _, out _))
                verified++;
        }

        if (Directory.Exists(path))
            foreach (var leftover in (IEnumerable<string>)[.. Directory.GetDirectories(path, Temporary + "*"), .. WithdrawnFolders(path).Skip(keep)])
                Directory.Delete(leftover, recursive: true);
        return removed;
    }

    /// <summary>Removes a version, whole or not at all; the one before it serves from then on.</summary>
    /// <returns>Whether it was there.</returns>
    public bool Remove(string pipeline, string key, string version)
    {
        var path = KeyDirectory(pipeline, key);
        if (!ArtifactVersion.IsValid(version) || !Directory.Exists(Path.Combine(path, version)))
            return false;
        var doomed = Path.Combine(path, $"{Temporary}removed-{version}");
        if (Directory.Exists(doomed))
            Directory.Delete(doomed, recursive: true);
        Directory.Move(Path.Combine(path, version), doomed);
        DurableFiles.SyncDirectory(path);
        Directory.Delete(doomed, recursive: true);
        return true;
    }

    /// <summary>Loads an artifact from its folder, wherever that is.</summary>
    /// <param name="path">Folder of one version.</param>
    /// <param name="artifact">Null when it was refused.</param>
    /// <param name="refusal">Why, as a sentence that names the file; null on success.</param>
    public static bool TryRead(string path, [NotNullWhen(true)] out Artifact? artifact, [NotNullWhen(false)] out string? refusal)
    {
        artifact = Attempt(path, ArtifactFiles.Read, out string? reason);
        refusal = reason!;
        return artifact is not null;
    }

    private string KeyDirectory(string pipeline, string key) => Path.Combine(directory, SafeName.Of(pipeline), SafeName.Of(key));

    private static string[] Versions(string keyDirectory) =>
        [.. Folders(keyDirectory).Select(path => Path.GetFileName(path)!).Where(ArtifactVersion.IsValid).OrderDescending(StringComparer.Ordinal)];

    private static IEnumerable<string> WithdrawnFolders(string path) => Directory.GetDirectories(path, Withdrawn + "*").OrderDescending(StringComparer.Ordinal);

    private static IEnumerable<string> Folders(string path) => Directory.Exists(path)
        ? Directory.GetDirectories(path).Where(folder => !Path.GetFileName(folder).StartsWith('.')).Order(StringComparer.Ordinal)
        : [];

    private IEnumerable<string> Paths() =>
        Folders(directory).SelectMany(Folders).SelectMany(key => Versions(key).Select(version => Path.Combine(key, version)));

    private static T? Attempt<T>(string path, Func<string, T> read, out string? refusal)
        where T : class
    {
        try
        {
            refusal = null;
            return read(path);
        }
        catch (Exception error) when (error is InvalidDataException or IOException or UnauthorizedAccessException)
        {
            refusal = $"Artifact '{path}' was refused: {error.Message}";
            return null;
        }
    }
}
