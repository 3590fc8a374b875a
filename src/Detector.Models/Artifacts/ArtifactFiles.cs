using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace Detector.Models.Artifacts;

/// <summary>The files of one artifact folder: how they are written and what makes them trustworthy.</summary>
internal static class ArtifactFiles
{
    public const string Manifest = "manifest.json";
    public const string ManifestHash = "manifest.sha256";
    public const string Weights = "weights.safetensors";

    /// <summary>Whether a name is of a file in the folder, and nothing else.</summary>
    public static bool IsPlainName(string name) =>
        name.Length > 0 && !name.StartsWith('.') && name.All(c => char.IsAsciiLetterOrDigit(c) || c is '.' or '_' or '-');

    /// <summary>Writes and syncs every file into an empty folder.</summary>
    /// <returns>The manifest as written, with its files.</returns>
    public static ArtifactManifest Write(string directory, ArtifactManifest manifest, IReadOnlyDictionary<string, ArtifactTensor> tensors)
    {
        using var weights = new MemoryStream();
        Safetensors.Write(weights, tensors, new Dictionary<string, string> { ["format"] = "detector", ["version"] = manifest.Version });
        var bytes = weights.GetBuffer().AsSpan(0, (int)weights.Length);
        var written = manifest with { Weights = Weights, Files = [new ManifestFile(Weights, bytes.Length, Hash(bytes))] };
        var json = JsonSerializer.SerializeToUtf8Bytes(written, ManifestJsonContext.Default.ArtifactManifest);
        DurableFiles.Write(Path.Combine(directory, Weights), bytes);
        DurableFiles.Write(Path.Combine(directory, Manifest), json);
        DurableFiles.Write(Path.Combine(directory, ManifestHash), HashLine(json));
        return written;
    }

    /// <summary>Reads the manifest of a folder and checks every byte of it; the weights stay unread.</summary>
    /// <inheritdoc cref="Read" path="/exception"/>
    public static ArtifactManifest ReadManifest(string directory)
    {
        var json = File.ReadAllBytes(Path.Combine(directory, Manifest));
        if (!File.ReadAllBytes(Path.Combine(directory, ManifestHash)).AsSpan().SequenceEqual(HashLine(json)))
            throw new InvalidDataException($"{Manifest} does not have the SHA-256 that {ManifestHash} states.");
        return Parse(json);
    }

    /// <summary>Reads a folder and checks every byte of it.</summary>
    /// <exception cref="InvalidDataException">Something does not verify; the message is a sentence that names the file.</exception>
    /// <exception cref="IOException">A file is missing or unreadable.</exception>
    public static Artifact Read(string directory)
    {
        var manifest = ReadManifest(directory);
        byte[]? weights = null;
        foreach (var file in manifest.Files)
        {
            if (!IsPlainName(file.Name))
                throw new InvalidDataException($"{Manifest} lists a file '{file.Name}', which is not a plain file name.");
            var bytes = File.ReadAllBytes(Path.Combine(directory, file.Name));
            if (bytes.Length != file.Bytes)
                throw new InvalidDataException($"{file.Name} has {bytes.Length} bytes; {Manifest} states {file.Bytes}.");
            if (Hash(bytes) != file.Sha256)
                throw new InvalidDataException($"{file.Name} does not have the SHA-256 that {Manifest} states.");
            weights = file.Name == manifest.Weights ? bytes : weights;
        }

        if (weights is null)
            throw new InvalidDataException($"{Manifest} names the weights '{manifest.Weights}', but does not list them among its files.");
        try
        {
            return new Artifact(manifest, Safetensors.Read(weights));
        }
        catch (InvalidDataException error)
        {
            throw new InvalidDataException($"{manifest.Weights} is not a safetensors file: {error.Message}", error);
        }
    }

    private static ArtifactManifest Parse(byte[] json)
    {
        try
        {
            using var document = JsonDocument.Parse(json);
            int? schema = document.RootElement.TryGetProperty("schemaVersion", out var version) ? version.GetInt32() : null;
            if (schema != ArtifactManifest.CurrentSchema)
                throw new InvalidDataException(
                    $"{Manifest} is of schema version {schema?.ToString(CultureInfo.InvariantCulture) ?? "unknown"}; this program reads {ArtifactManifest.CurrentSchema}.");
            return document.RootElement.Deserialize(ManifestJsonContext.Default.ArtifactManifest)
                ?? throw new InvalidDataException($"{Manifest} is null.");
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException or FormatException or ArgumentException)
        {
            throw new InvalidDataException($"{Manifest} is malformed: {error.Message}", error);
        }
    }

    private static string Hash(ReadOnlySpan<byte> content) => Convert.ToHexStringLower(SHA256.HashData(content));

    // The line that sha256sum writes and checks.
    private static byte[] HashLine(ReadOnlySpan<byte> json) => Encoding.ASCII.GetBytes($"{Hash(json)}  {Manifest}\n");
}
