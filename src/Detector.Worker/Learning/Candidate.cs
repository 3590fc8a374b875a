using Detector.Models.Artifacts;

namespace Detector.Worker.Learning;

/// <summary>A model that was trained and is not stored yet.</summary>
internal sealed record Candidate(ArtifactManifest Manifest, LearnedModel Learned);
