using Detector.Models.Artifacts;
using Detector.Models.Autoencoders;
using Detector.Models.Scoring;
using Detector.Models.Training;

namespace Detector.Benchmarks;

/// <summary>The small model of a bank, 64-32-8-32-64 on windows of 8 × 8, as it is found in the store.</summary>
internal static class StoredModel
{
    public const int Rows = 8;

    public static ModelSettings Settings { get; } = new()
    {
        Networks = ["dense"],
        Network = new NetworkOptions { Hidden = [32], Latent = 8 },
        Trainer = new TrainerOptions { MaxSteps = 625, BatchSize = 64 }, // 20 epochs of 2,000 windows
    };

    /// <summary>Writes a model and reads it; disposes it.</summary>
    public static Artifact Of(TrainedModel trained)
    {
        using AnomalyModel model = trained.Model;
        ArtifactManifest manifest = ModelArtifact.Describe(trained, Settings, "bank", "series", TimeSpan.TicksPerSecond, (0, 1), DateTimeOffset.UnixEpoch);
        string directory = Directory.CreateTempSubdirectory("detector-bank-").FullName;
        try
        {
            var store = new ArtifactStore(directory);
            ArtifactManifest saved = store.Save(manifest, ModelArtifact.Tensors(model));
            return store.TryLoad("bank", "series", saved.Version, out Artifact? artifact, out string? refusal) ? artifact : throw new InvalidDataException(refusal);
        }
        finally
        {
            Directory.Delete(directory, recursive: true);
        }
    }
}
