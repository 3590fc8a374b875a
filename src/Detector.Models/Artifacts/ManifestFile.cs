namespace Detector.Models.Artifacts;

/// <summary>A file beside the manifest.</summary>
/// <param name="Name">Plain file name.</param>
/// <param name="Bytes">Length.</param>
/// <param name="Sha256">Lower-case hexadecimal SHA-256 of the content.</param>
public sealed record ManifestFile(string Name, long Bytes, string Sha256);
