using System.Globalization;
using System.Runtime.InteropServices;
using System.Text.Json;
using Detector.Models.Artifacts;
using Detector.Models.Autoencoders;
using Detector.Models.Compute;
using Detector.Models.Scoring;
using TorchSharp;
using static TorchSharp.torch;

namespace Detector.Models.Training;

/// <summary>A model as an artifact: weights and residual scales as tensors, everything else in the manifest.</summary>
public static class ModelArtifact
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
                [.. model.Views.Select(view => new ViewSection(view.Network, view.View, view.Reference))],
                ModelJsonContext.Default.ViewSectionArray),
            Threshold = trained.Threshold,
            Seeds = new Dictionary<string, long> { ["training"] = settings.Trainer.Seed },
            Training = new ManifestTrainingRange(new(range.First, TimeSpan.Zero), new(range.Last, TimeSpan.Zero), trained.Report.Samples),
            Report = JsonSerializer.SerializeToElement(trained.Report, ModelJsonContext.Default.TrainingReport),
        };
    }

    /// <summary>Names of the networks an artifact holds.</summary>
    /// <exception cref="InvalidDataException">The manifest does not say.</exception>
    public static IReadOnlyList<string> Networks(ArtifactManifest manifest) =>
        [.. Section(manifest.Members, "members", ModelJsonContext.Default.MemberSectionArray).Select(member => member.Network)];

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

        for (int v = 0; v < model.Views.Count; v++)
        {
            ResidualStandardizer standardizer = model.Views[v].Standardizer;
            tensors[ViewName(v, "centre")] = ArtifactTensor.From(standardizer.Centre, standardizer.Features);
            tensors[ViewName(v, "whitening")] = ArtifactTensor.From(standardizer.Whitening, standardizer.Features, standardizer.Features);
        }

        return tensors;
    }

    /// <summary>Builds the model that an artifact describes.</summary>
    /// <exception cref="InvalidDataException">Something the model needs is missing or has the wrong shape; the message says what.</exception>
    public static AnomalyModel Build(Artifact artifact, ComputeDevice compute)
    {
        ArtifactManifest manifest = artifact.Manifest;
        var dimensions = new WindowDimensions(manifest.Window.LengthRows, manifest.Features.Count);
        MemberSection[] members = Section(manifest.Members, "members", ModelJsonContext.Default.MemberSectionArray);
        ViewSection[] views = Section(manifest.Standardisers, "standardisers", ModelJsonContext.Default.ViewSectionArray);
        var networks = new Autoencoder[members.Length];
        try
        {
            for (int n = 0; n < networks.Length; n++)
                networks[n] = Load(artifact, n, members[n], dimensions, compute);
            return new AnomalyModel(
                manifest.Features,
                manifest.Scaler ?? throw new InvalidDataException("The manifest has no scaler."),
                dimensions,
                networks,
                [.. views.Select((view, v) => new MemberView(view.Network, view.View, Standardizer(artifact, v, dimensions.Features), view.Reference))],
                Floats(artifact, "noise", dimensions.Features),
                compute.Device);
        }
        catch
        {
            foreach (Autoencoder? network in networks)
                network?.Dispose();
            throw;
        }
    }

    private static Autoencoder Load(Artifact artifact, int index, MemberSection member, WindowDimensions dimensions, ComputeDevice compute)
    {
        using Generator generator = new(0, CPU);
        Autoencoder network = AutoencoderFactory.Create(member.Network, dimensions, member.Options, generator);
        using var scope = NewDisposeScope();
        using var noGrad = no_grad();
        foreach ((string name, Tensor value) in network.state_dict())
        {
            float[] stored = Floats(artifact, Name(index, name), value.numel());
            value.copy_(tensor(stored).reshape(value.shape));
        }

        _ = network.to(compute.Device);
        network.eval();
        return network;
    }

    private static ResidualStandardizer Standardizer(Artifact artifact, int view, int features) => new(
        Floats(artifact, ViewName(view, "centre"), features), Floats(artifact, ViewName(view, "whitening"), (long)features * features));

    private static float[] Floats(Artifact artifact, string name, long length)
    {
        if (!artifact.Tensors.TryGetValue(name, out ArtifactTensor? stored) || stored.Type != TensorType.F32)
            throw new InvalidDataException($"The weights have no tensor '{name}' of 32-bit floats.");
        float[] values = stored.ToFloats();
        if (values.Length != length)
            throw new InvalidDataException($"Tensor '{name}' has {values.Length} values, and the model needs {length}.");
        return values;
    }

    private static T Section<T>(JsonElement? section, string name, System.Text.Json.Serialization.Metadata.JsonTypeInfo<T> type)
        where T : class
    {
        try
        {
            return section?.Deserialize(type) ?? throw new InvalidDataException($"The manifest has no section '{name}'.");
        }
        catch (JsonException error)
        {
            throw new InvalidDataException($"The manifest's section '{name}' cannot be read: {error.Message}", error);
        }
    }

    private static string Name(int network, string parameter) =>
        string.Create(CultureInfo.InvariantCulture, $"networks.{network}.{parameter}");

    private static string ViewName(int view, string part) => string.Create(CultureInfo.InvariantCulture, $"views.{view}.{part}");
}
