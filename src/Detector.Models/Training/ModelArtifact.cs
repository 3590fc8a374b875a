using System.Globalization;
using System.Runtime.InteropServices;
using System.Text.Json;
using Detector.Models.Artifacts;
using Detector.Models.Autoencoders;
using Detector.Models.Compute;
using Detector.Models.Scoring;
using static TorchSharp.torch;

namespace Detector.Models.Training;

/// <summary>A model as an artifact: weights and what the views fitted as tensors, everything else in the manifest.</summary>
public static partial class ModelArtifact
{
    /// <summary>Describes a trained model.</summary>
    /// <param name="trained">The model.</param>
    /// <param name="settings">Settings it was trained with.</param>
    /// <param name="pipeline">Name of the pipeline.</param>
    /// <param name="key">Series, or <c>*</c>.</param>
    /// <param name="periodTicks">Time between two rows.</param>
    /// <param name="range">Event times of the first and the last sample.</param>
    /// <param name="createdAt">Now.</param>
    public static ArtifactManifest Describe(
        TrainedModel trained, ModelSettings settings, string pipeline, string key, long periodTicks, (long First, long Last) range,
        DateTimeOffset createdAt)
    {
        AnomalyModel model = trained.Model;
        return new ArtifactManifest
        {
            Pipeline = pipeline,
            Key = key,
            Version = ArtifactVersion.At(createdAt),
            CreatedAt = createdAt,
            Features = model.Features,
            Window = new ManifestWindow(model.Dimensions.Rows, periodTicks),
            Scaler = model.Scaler,
            Members = JsonSerializer.SerializeToElement(
                [.. model.Members.Select(network => new MemberSection(network.Name, network.Options, network.parameters().Sum(p => p.numel())))],
                ModelJsonContext.Default.MemberSectionArray),
            Standardisers = JsonSerializer.SerializeToElement(
                [.. model.Views.Select(ViewArtifact.Section)],
                ModelJsonContext.Default.ViewSectionArray),
            Threshold = trained.Threshold,
            Precision = model.Precision == Precision.F32 ? null : model.Precision.Name(),
            Seeds = new Dictionary<string, long> { ["training"] = settings.Trainer.Seed },
            Training = new ManifestTrainingRange(new(range.First, TimeSpan.Zero), new(range.Last, TimeSpan.Zero), trained.Report.Samples),
            Report = JsonSerializer.SerializeToElement(trained.Report, ModelJsonContext.Default.TrainingReport),
            Diagnostics = JsonSerializer.SerializeToElement(trained.Diagnostics, ModelJsonContext.Default.TrainingDiagnostics),
        };
    }

    /// <summary>Names of the networks an artifact holds.</summary>
    /// <exception cref="InvalidDataException">The manifest does not say.</exception>
    public static IReadOnlyList<string> Networks(ArtifactManifest manifest) =>
        [.. Members(manifest).Select(member => member.Network)];

    /// <summary>Whether every network of an artifact has the shape and regularisation that <paramref name="settings"/> ask for.</summary>
    /// <exception cref="InvalidDataException">The manifest does not say.</exception>
    public static bool HasOptions(ArtifactManifest manifest, ModelSettings settings)
    {
        // Records compare lists by reference; what is written down is what counts.
        return Members(manifest)
            .All(member => Text(member.Options) == Text(settings.OptionsOf(member.Network)));

        static string Text(NetworkOptions value) => JsonSerializer.Serialize(value, ModelJsonContext.Default.NetworkOptions);
    }

    /// <summary>How the training went; null when the manifest does not say.</summary>
    /// <exception cref="InvalidDataException">The report cannot be read.</exception>
    public static TrainingReport? Report(ArtifactManifest manifest) =>
        manifest.Report is null ? null : Section(manifest.Report, "report", ModelJsonContext.Default.TrainingReport);

    /// <summary>What there is to look at; null when the manifest has none.</summary>
    /// <exception cref="InvalidDataException">They cannot be read.</exception>
    public static TrainingDiagnostics? Diagnostics(ArtifactManifest manifest) =>
        manifest.Diagnostics is null ? null : Section(manifest.Diagnostics, "diagnostics", ModelJsonContext.Default.TrainingDiagnostics);

    /// <summary>The tensors of one network, by name.</summary>
    /// <param name="artifact">A model's artifact.</param>
    /// <param name="network">Index of the network.</param>
    public static IReadOnlyList<LayerShape> Layers(Artifact artifact, int network)
    {
        string prefix = Name(network, "");
        return
        [
            .. artifact.Tensors.Where(tensor => tensor.Key.StartsWith(prefix, StringComparison.Ordinal)).OrderBy(tensor => tensor.Key, StringComparer.Ordinal)
                .Select(tensor => new LayerShape(tensor.Key[prefix.Length..], [.. tensor.Value.Shape])),
        ];
    }

    /// <summary>Weights and scales by name.</summary>
    public static IReadOnlyDictionary<string, ArtifactTensor> Tensors(AnomalyModel model)
    {
        var tensors = new Dictionary<string, ArtifactTensor>(StringComparer.Ordinal)
        {
            ["noise"] = ArtifactTensor.From([.. model.Noise], model.Noise.Count),
        };
        for (int n = 0; n < model.Members.Count; n++)
        {
            foreach ((string name, Tensor value) in model.Members[n].state_dict())
            {
                using var scope = NewDisposeScope();
                Tensor flat = value.detach().cpu().contiguous();
                tensors[Name(n, name)] = ArtifactTensor.From(MemoryMarshal.Cast<byte, float>(flat.bytes), flat.shape);
            }
        }

        if (model.Probes is { } probes)
            tensors[Probes] = ArtifactTensor.From(probes, probes.Length / model.Dimensions.Size, model.Dimensions.Size);
        if (model.Detrending is { } detrending)
            tensors[DetrendingArtifact.Tensor] = DetrendingArtifact.Write(detrending);
        for (int v = 0; v < model.Views.Count; v++)
        {
            foreach ((string name, float[] values, int rows) in ViewArtifact.Arrays(model.Views[v]))
                tensors[ViewName(v, name)] = ArtifactTensor.From(values, rows, values.Length / rows);
        }

        return tensors;
    }

    private static string Name(int network, string parameter) =>
        string.Create(CultureInfo.InvariantCulture, $"networks.{network}.{parameter}");

    private static string ViewName(int view, string part) => string.Create(CultureInfo.InvariantCulture, $"views.{view}.{part}");
}
