using Detector.Models.Artifacts;
using Detector.Models.Autoencoders;
using Detector.Models.Compute;
using Detector.Models.Scoring;
using Detector.Models.Tests.Autoencoders;
using Detector.Models.Tests.Scoring;
using Detector.Models.Training;
using static TorchSharp.torch;

namespace Detector.Models.Tests.Training;

/// <summary>Counts native tensors, so nothing else may run beside it.</summary>
[CollectionDefinition(nameof(NativeMemoryTests), DisableParallelization = true)]
[Collection(nameof(NativeMemoryTests))]
public sealed class NativeMemoryTests
{
    private static readonly ModelSettings Brief = Plant.Quick with { Trainer = Plant.Quick.Trainer with { MaxSteps = 10 } };
    private readonly Plant _plant = Plant.Run(200, 8, 3, seed: 1).With((row, _, x) => row % 50 == 0 ? double.NaN : x);

    [Fact]
    public void Score_ThousandTiles_LeavesNoTensorBehind()
    {
        using AnomalyModel model = _plant.Train(Brief).Model;
        using var tile = new ScoringWorkspace(model.Dimensions);
        tile.Add(_plant.Window(60), model, model.CreateMemory());
        long before = Settled();

        for (int i = 0; i < 1000; i++)
            model.Score(tile);

        Assert.Equal(before, Tensor.TotalCount);
    }

    [Fact]
    public void Score_WarmTile_AllocatesOnlyHandles()
    {
        using AnomalyModel model = _plant.Train(Brief).Model;
        using var tile = new ScoringWorkspace(model.Dimensions);
        for (int i = 0; i < ScoringWorkspace.TileRows; i++)
            tile.Add(_plant.Window(60 + i), model, model.CreateMemory());
        model.Score(tile);
        long before = GC.GetAllocatedBytesForCurrentThread();

        for (int i = 0; i < 100; i++)
            model.Score(tile);

        Assert.InRange((GC.GetAllocatedBytesForCurrentThread() - before) / 100, 0, 64_000); // for a tile of 64 windows
    }

    [Fact]
    public void Train_AgainAndAgain_LeavesNoTensorBehind()
    {
        AnomalyModel first = _plant.Train(Brief).Model;
        int parameters = Parameters(first);
        first.Dispose();
        long before = Settled();

        for (int i = 0; i < 3; i++)
            _plant.Train(Brief).Model.Dispose();
        Assert.Throws<OperationCanceledException>(() => new ModelTrainer(Brief, ComputeDevice.Select("cpu"), TimeProvider.System)
            .Train(_plant, null, new CancellationToken(true)));

        Assert.InRange(Tensor.TotalCount - before, 0, 4 * parameters);
    }

    [Theory]
    [MemberData(nameof(Networks.Trained), MemberType = typeof(Networks))]
    public void Fit_ThousandSteps_LeavesNoTensorBehind(string name)
    {
        var counts = new List<long>();
        using TrainingWindows windows = Plant.Run(120, 4, 2, seed: 1).With((row, _, x) => row % 50 == 0 ? double.NaN : x).Windows();
        using Autoencoder network = Networks.Create(name, windows.Training.Dimensions, new NetworkOptions { Hidden = [4], Latent = 2, Channels = [2] });
        var options = new TrainerOptions { MaxSteps = name == "adversarial" ? 2000 : 1000, EvaluateEvery = 100, BatchSize = 8, Patience = 1000 };

        new Trainer(options, ComputeDevice.Select("cpu"), TimeProvider.System)
            .Fit(network, windows.Training, windows.Validation, new Counter(counts), TestContext.Current.CancellationToken);

        // Of the last phase, which for the adversarial network has half the steps. Its first look makes the copy of the best weights.
        long[] last = [.. counts[^11..^1]];
        Assert.Equal(last[1], last[^1]);
    }

    [Fact]
    public void Train_InACallersScope_TheModelOutlivesIt()
    {
        AnomalyModel model;
        using (NewDisposeScope())
            model = _plant.Train(Brief).Model;

        Assert.True(double.IsFinite(Scored.Alone(model, _plant.Window(60)).Score));
        model.Dispose();
    }

    [Fact]
    public void Build_LoadedOrRefused_LeavesNoTensorBehind()
    {
        TrainedModel trained = _plant.Train(Brief);
        using AnomalyModel model = trained.Model;
        ArtifactManifest manifest = ModelArtifact.Describe(trained, Brief, "p", "k", 1, _plant.Range, DateTimeOffset.UnixEpoch);
        var tensors = new Dictionary<string, ArtifactTensor>(ModelArtifact.Tensors(model));
        ComputeDevice cpu = ComputeDevice.Select("cpu");
        ModelArtifact.Build(new Artifact(manifest, tensors), cpu).Dispose();
        long before = Settled();

        ModelArtifact.Build(new Artifact(manifest, tensors), cpu).Dispose();
        tensors.Remove("networks.1.decoder.1.bias");
        Assert.Throws<InvalidDataException>(() => ModelArtifact.Build(new Artifact(manifest, tensors), cpu));

        Assert.InRange(Tensor.TotalCount - before, 0, 2 * Parameters(model));
    }

    [Fact]
    public void ReleaseNetworks_CompiledModel_KeepsNoTensorAndScoresTheSameBits()
    {
        long before = Settled();
        using AnomalyModel model = _plant.Train(Brief).Model;
        Scored expected = Scored.Alone(model, _plant.Window(60));
        int parameters = Parameters(model);

        model.ReleaseNetworks();

        Assert.InRange(Settled() - before, 0, parameters); // the count itself may grow, see below
        Assert.Equal(expected, Scored.Alone(model, _plant.Window(60)));
        Assert.Contains("artifact", Assert.Throws<InvalidOperationException>(() => ModelArtifact.Tensors(model)).Message, StringComparison.Ordinal);
    }

    /// <summary>
    /// Tensors that a model's networks are made of. TorchSharp 0.107 goes on counting one tensor for every parameter it has made, so a count
    /// may grow by this; what training and scoring would leave behind is many times as much.
    /// </summary>
    private static int Parameters(AnomalyModel model) => model.Members.Sum(network => network.state_dict().Count);

    private static long Settled()
    {
        GC.Collect();
        GC.WaitForPendingFinalizers();
        return Tensor.TotalCount;
    }

    private sealed class Counter(List<long> counts) : IProgress<TrainingProgress>
    {
        public void Report(TrainingProgress value) => counts.Add(Tensor.TotalCount);
    }
}
