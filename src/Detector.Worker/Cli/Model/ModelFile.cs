using Detector.Models.Artifacts;
using Detector.Models.Compute;
using Detector.Models.Scoring;
using Detector.Models.Thresholds;
using Detector.Models.Training;

namespace Detector.Worker.Cli.Model;

/// <summary>Puts an artifact to the test that the service puts it to.</summary>
internal static class ModelFile
{
    /// <summary>Reads an artifact and builds its model.</summary>
    /// <exception cref="InvalidDataException">Something does not verify; the message names it.</exception>
    public static (ArtifactManifest Manifest, AnomalyModel Model) Load(string directory)
    {
        Artifact artifact = Read(directory);
        try
        {
            return (artifact.Manifest, ModelArtifact.Build(artifact, ComputeDevice.Select("auto")));
        }
        catch (InvalidDataException error)
        {
            throw new InvalidDataException($"Artifact '{directory}' was refused: {error.Message}", error);
        }
    }

    /// <summary>Reads an artifact and checks every byte.</summary>
    /// <exception cref="InvalidDataException">Something does not verify; the message names the file.</exception>
    public static Artifact Read(string directory) =>
        ArtifactStore.TryRead(directory, out Artifact? artifact, out string? refusal) ? artifact : throw new InvalidDataException(refusal);

    /// <summary>What the threshold of a model rests on, in a sentence.</summary>
    /// <exception cref="InvalidDataException">There is none, or it cannot be restored.</exception>
    public static string ThresholdBasis(ArtifactManifest manifest, string directory)
    {
        ThresholdState threshold = manifest.Threshold ?? throw new InvalidDataException($"Artifact '{directory}' was refused: the manifest has no threshold.");
        try
        {
            return ThresholdFactory.Restore(threshold).Describe();
        }
        catch (ArgumentException error)
        {
            throw new InvalidDataException($"Artifact '{directory}' was refused: its threshold cannot be restored. {error.Message}", error);
        }
    }

    /// <summary>Why a version cannot serve; null when it can.</summary>
    public static string? Refusal(string directory)
    {
        try
        {
            (ArtifactManifest manifest, AnomalyModel model) = Load(directory);
            model.Dispose();
            ThresholdBasis(manifest, directory);
            return null;
        }
        catch (InvalidDataException error)
        {
            return error.Message;
        }
    }
}
