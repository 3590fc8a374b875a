namespace Detector.Models.Artifacts;

/// <summary>A trained model that has verified.</summary>
/// <param name="Manifest">Its description.</param>
/// <param name="Tensors">Its weights by name.</param>
public sealed record Artifact(ArtifactManifest Manifest, IReadOnlyDictionary<string, ArtifactTensor> Tensors);
