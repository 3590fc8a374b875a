using System.Text.Json;
using Detector.Models.Artifacts;
using Detector.Models.Training;

namespace Detector.Worker.Cli.Model;

/// <summary>What a version of a model is made of, for machines.</summary>
/// <param name="Networks">Its networks.</param>
/// <param name="Threshold">The threshold in score units.</param>
/// <param name="ThresholdBasis">What it rests on, in a sentence.</param>
/// <param name="Training">How its training went; null when the manifest does not say.</param>
internal sealed record ModelInspection(
    string Pipeline,
    string Series,
    string Version,
    string Directory,
    DateTimeOffset CreatedAt,
    double AgeSeconds,
    IReadOnlyList<string> Features,
    int WindowRows,
    TimeSpan Period,
    string Scaler,
    DateTimeOffset? From,
    DateTimeOffset? To,
    IReadOnlyList<NetworkInspection> Networks,
    double Threshold,
    string ThresholdBasis,
    TrainingReport? Training)
{
    /// <exception cref="InvalidDataException">The manifest lacks what every model has.</exception>
    public static ModelInspection Of(Artifact artifact, string directory, DateTimeOffset now)
    {
        ArtifactManifest manifest = artifact.Manifest;
        TrainingReport? report = ModelArtifact.Report(manifest);
        return new ModelInspection(
            manifest.Pipeline,
            manifest.Key,
            manifest.Version,
            directory,
            manifest.CreatedAt,
            (now - manifest.CreatedAt).TotalSeconds,
            manifest.Features,
            manifest.Window.LengthRows,
            TimeSpan.FromTicks(manifest.Window.PeriodTicks),
            manifest.Scaler?.Name ?? "none",
            manifest.Training?.From,
            manifest.Training?.To,
            [.. ModelArtifact.Networks(manifest).Select((name, n) => new NetworkInspection(
                name, OptionsOf(manifest, n), ModelArtifact.Layers(artifact, n), report?.Networks.ElementAtOrDefault(n)))],
            manifest.Threshold!.Value,
            ModelFile.ThresholdBasis(manifest, directory),
            report);
    }

    private static JsonElement? OptionsOf(ArtifactManifest manifest, int network) =>
        manifest.Members!.Value[network].TryGetProperty("options", out JsonElement options) ? options : null;
}
