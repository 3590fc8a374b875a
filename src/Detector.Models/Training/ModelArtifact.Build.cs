using System.Text.Json;
using Detector.Models.Artifacts;
using Detector.Models.Autoencoders;
using Detector.Models.Compute;
using Detector.Models.Scaling;
using Detector.Models.Scoring;
using TorchSharp;
using static TorchSharp.torch;

namespace Detector.Models.Training;

public static partial class ModelArtifact
{
    private const string Probes = "probes";

    /// <summary>Builds the model that an artifact describes.</summary>
    /// <param name="artifact">Read from a store.</param>
    /// <param name="compute">Where it is scored.</param>
    /// <param name="precision">What it is to be scored in; null takes that of its calibration. Where another serves, <see cref="AnomalyModel.PrecisionNote"/> says why.</param>
    /// <exception cref="InvalidDataException">Something the model needs is missing or has the wrong shape; the message says what.</exception>
    public static AnomalyModel Build(Artifact artifact, ComputeDevice compute, Precision? precision = null)
    {
        ArtifactManifest manifest = artifact.Manifest;
        var dimensions = new WindowDimensions(manifest.Window.LengthRows, manifest.Features.Count);
        FeatureScaler scaler = manifest.Scaler ?? throw new InvalidDataException("The manifest has no scaler.");
        if (dimensions.Rows < 1 || dimensions.Features < 1 || scaler.Features != dimensions.Features)
        {
            throw new InvalidDataException(
                $"The manifest states windows of {dimensions.Rows} rows × {dimensions.Features} features and a scaler of {scaler.Features}.");
        }

        MemberSection[] members = Members(manifest);
        ViewSection[] views = Section(manifest.Standardisers, "standardisers", ModelJsonContext.Default.ViewSectionArray);
        var networks = new Autoencoder[members.Length];
        try
        {
            for (int n = 0; n < networks.Length; n++)
                networks[n] = Load(artifact, n, members[n], dimensions, compute);
            ScoreView[] scored =
            [
                .. views.Select((view, v) => ViewArtifact.Build(
                    view, dimensions, networks.Length, (name, rows, columns) => Floats(artifact, ViewName(v, name), rows, columns))),
            ];
            float[] noise = Floats(artifact, "noise", dimensions.Features);
            Precision calibrated = manifest.Precision is { } name ? Known(name) : Precision.F32;
            AnomalyModel model = PrecisionTrial.OfStored(
                calibrated, manifest.Threshold?.Value ?? double.NaN, ReadProbes(artifact, dimensions), networks,
                new ScoringTarget(compute, precision ?? calibrated),
                target => new AnomalyModel(manifest.Features, scaler, dimensions, networks, scored, noise, target));
            // The probes are without the levels already.
            model.Detrending = artifact.Tensors.ContainsKey(DetrendingArtifact.Tensor)
                ? DetrendingArtifact.Read(dimensions, (name, rows, columns) => Floats(artifact, name, rows, columns))
                : null;
            return model;
        }
        catch
        {
            foreach (Autoencoder? network in networks)
                network?.Dispose();
            throw;
        }
    }

    private static Precision Known(string name) => Precisions.Names.Contains(name)
        ? Precisions.Parse(name)
        : throw new InvalidDataException($"The manifest states the precision '{name}'; known are {string.Join(", ", Precisions.Names)}.");

    private static float[]? ReadProbes(Artifact artifact, WindowDimensions dimensions) =>
        artifact.Tensors.TryGetValue(Probes, out ArtifactTensor? stored) ? Floats(artifact, Probes, stored.Shape[0], dimensions.Size) : null;

    private static Autoencoder Load(Artifact artifact, int index, MemberSection member, WindowDimensions dimensions, ComputeDevice compute)
    {
        string[] problems = member.Options is null ? ["It has no options."] : [.. member.Options.Problems()];
        if (problems.Length > 0 || !AutoencoderFactory.Names.Contains(member.Network))
            throw new InvalidDataException($"Network {index} of the manifest, '{member.Network}', cannot be built. {string.Join(" ", problems)}");

        using Generator generator = new(0, CPU);
        Autoencoder network = AutoencoderFactory.Create(member.Network, dimensions, member.Options!, generator);
        try
        {
            using var scope = NewDisposeScope();
            using var noGrad = no_grad();
            foreach ((string name, Tensor value) in network.state_dict())
                value.copy_(tensor(Floats(artifact, Name(index, name), value.shape)).reshape(value.shape));
            _ = network.to(compute.Device);
            network.eval();
            return network;
        }
        catch
        {
            network.Dispose();
            throw;
        }
    }

    private static float[] Floats(Artifact artifact, string name, params ReadOnlySpan<long> shape)
    {
        if (!artifact.Tensors.TryGetValue(name, out ArtifactTensor? stored) || stored.Type != TensorType.F32)
            throw new InvalidDataException($"The weights have no tensor '{name}' of 32-bit floats.");
        if (!shape.SequenceEqual(stored.Shape.ToArray()))
        {
            throw new InvalidDataException(
                $"Tensor '{name}' has the shape [{string.Join(", ", stored.Shape)}], and the model needs [{string.Join(", ", shape.ToArray())}].");
        }

        float[] values = stored.ToFloats();
        if (!values.All(float.IsFinite))
            throw new InvalidDataException($"Tensor '{name}' holds values that are no finite numbers.");
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
}
