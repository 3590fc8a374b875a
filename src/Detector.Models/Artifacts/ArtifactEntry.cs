namespace Detector.Models.Artifacts;

/// <summary>A version found in a store.</summary>
/// <param name="Directory">Its folder.</param>
/// <param name="Manifest">Its description; null when it was refused.</param>
/// <param name="Refusal">Why it was refused, as a sentence; null when it verifies.</param>
public sealed record ArtifactEntry(string Directory, ArtifactManifest? Manifest, string? Refusal);
