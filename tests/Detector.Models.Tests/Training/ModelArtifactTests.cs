using System.Text.Json;
using System.Text.Json.Nodes;
using Detector.Models.Artifacts;
using Detector.Models.Autoencoders;
using Detector.Models.Compute;
using Detector.Models.Scoring;
using Detector.Models.Tests.Artifacts;
using Detector.Models.Tests.Scoring;
using Detector.Models.Thresholds;
using Detector.Models.Training;

namespace Detector.Models.Tests.Training;

public sealed class ModelArtifactTests(ModelArtifactTests.Trained trained) : IClassFixture<ModelArtifactTests.Trained>
{
    private readonly ComputeDevice _cpu = ComputeDevice.Select("cpu");

    [Fact]
    public void Build_SavedAndLoaded_ScoresTheSameBits()
    {
        using var directory = new TemporaryDirectory();
        var store = new ArtifactStore(directory.Path);
        ArtifactManifest saved = store.Save(trained.Manifest, ModelArtifact.Tensors(trained.Model.Model));
        Assert.True(store.TryLoad(saved.Pipeline, saved.Key, saved.Version, out Artifact? artifact, out string? refusal), refusal);

        using AnomalyModel loaded = ModelArtifact.Build(artifact, _cpu);

        for (int newest = 50; newest < 250; newest += 17)
            Assert.Equal(Scored.Alone(trained.Model.Model, trained.Plant.Window(newest)), Scored.Alone(loaded, trained.Plant.Window(newest)));
        Assert.Equal(trained.Model.Model.Noise, loaded.Noise);
        Assert.Equal(ModelSettings.DefaultNetworks, ModelArtifact.Networks(artifact.Manifest));
        Assert.Equal(ThresholdFactory.Restore(trained.Model.Threshold).Value, ThresholdFactory.Restore(artifact.Manifest.Threshold!).Value);
    }

    [Theory]
    [InlineData("noise")]
    [InlineData("networks.0.encoder.0.weight")]
    [InlineData("networks.2.components")]
    [InlineData("views.0.variance")]
    public void Build_TensorMissing_NamesIt(string name)
    {
        var tensors = new Dictionary<string, ArtifactTensor>(trained.Tensors);
        Assert.True(tensors.Remove(name));

        Assert.Contains($"no tensor '{name}'", Refusal(trained.Manifest, tensors), StringComparison.Ordinal);
    }

    [Fact]
    public void Build_TensorOfAnotherShape_SaysBothShapes()
    {
        ArtifactTensor right = trained.Tensors["networks.0.encoder.0.weight"];
        var tensors = new Dictionary<string, ArtifactTensor>(trained.Tensors)
        {
            ["networks.0.encoder.0.weight"] = new ArtifactTensor(TensorType.F32, [right.Shape[1], right.Shape[0]], right.Bytes),
        };

        string refusal = Refusal(trained.Manifest, tensors);

        Assert.Contains("'networks.0.encoder.0.weight' has the shape [24, 32], and the model needs [32, 24]", refusal, StringComparison.Ordinal);
    }

    [Fact]
    public void Build_WeightsThatAreNoNumbers_AreRefused()
    {
        var tensors = new Dictionary<string, ArtifactTensor>(trained.Tensors) { ["noise"] = ArtifactTensor.From([1, float.NaN, 1], 3) };

        Assert.Contains("'noise' holds values that are no finite numbers", Refusal(trained.Manifest, tensors), StringComparison.Ordinal);
    }

    [Fact]
    public void Build_ManifestThatDoesNotFit_SaysWhy()
    {
        Assert.Contains("no section 'members'", Refusal(trained.Manifest with { Members = null }, trained.Tensors), StringComparison.Ordinal);
        Assert.Contains("no scaler", Refusal(trained.Manifest with { Scaler = null }, trained.Tensors), StringComparison.Ordinal);
        Assert.Contains("2 features and a scaler of 3", Refusal(trained.Manifest with { Features = ["a", "b"] }, trained.Tensors), StringComparison.Ordinal);
        Assert.Contains("Network 0 of the manifest, 'oracle'", Refusal(trained.Manifest with
        {
            Members = JsonSerializer.SerializeToElement(new[] { new { network = "oracle", options = new { }, parameters = 1 } }),
        }, trained.Tensors), StringComparison.Ordinal);
        Assert.Contains("needs 2 tails of positive base and unit", Refusal(trained.Manifest with
        {
            Standardisers = JsonSerializer.SerializeToElement(new[] { new { kind = "network", network = 0, part = "Row", tails = new[] { new { @base = 0.0, unit = 0.3 } } } }),
        }, trained.Tensors), StringComparison.Ordinal);
    }

    [Fact]
    public void HasOptions_OneNetworkGivenItsOwn_ConcernsThatOneAlone()
    {
        NetworkOptions other = Plant.Quick.Network with { Latent = 5 };

        Assert.True(ModelArtifact.HasOptions(trained.Manifest, Plant.Quick));
        Assert.True(ModelArtifact.HasOptions(trained.Manifest, Of("sparse", other)));
        Assert.False(ModelArtifact.HasOptions(trained.Manifest, Of("denoising", other)));

        static ModelSettings Of(string network, NetworkOptions options) =>
            Plant.Quick with { NetworkOverrides = new Dictionary<string, NetworkOptions> { [network] = options } };
    }

    [Fact]
    public void Build_ManifestOfFewerOptions_TakesTheDefaultsForTheRest()
    {
        JsonNode members = JsonNode.Parse(trained.Manifest.Members!.Value.GetRawText())!;
        foreach (JsonNode? member in members.AsArray())
            member!["options"] = new JsonObject { ["hidden"] = new JsonArray(32), ["latent"] = 6 };

        ArtifactManifest older = trained.Manifest with { Members = JsonSerializer.SerializeToElement(members) };
        using AnomalyModel loaded = ModelArtifact.Build(new Artifact(older, trained.Tensors), _cpu);

        Assert.True(ModelArtifact.HasOptions(older, Plant.Quick));
        Assert.Equal(Scored.Alone(trained.Model.Model, trained.Plant.Window(60)), Scored.Alone(loaded, trained.Plant.Window(60)));
    }

    private string Refusal(ArtifactManifest manifest, IReadOnlyDictionary<string, ArtifactTensor> tensors) =>
        Assert.Throws<InvalidDataException>(() => ModelArtifact.Build(new Artifact(manifest, tensors), _cpu)).Message;

    public sealed class Trained : IDisposable
    {
        public Trained()
        {
            Model = Plant.Train();
            Tensors = ModelArtifact.Tensors(Model.Model);
            Manifest = ModelArtifact.Describe(
                Model, Plant.Quick, "pumps", "pump-3", TimeSpan.TicksPerSecond, Plant.Range, DateTimeOffset.UnixEpoch.AddDays(20_000));
        }

        internal Plant Plant { get; } = Plant.Run(300, 8, 3, seed: 8);

        public TrainedModel Model { get; }

        public IReadOnlyDictionary<string, ArtifactTensor> Tensors { get; }

        public ArtifactManifest Manifest { get; }

        public void Dispose() => Model.Model.Dispose();
    }
}
