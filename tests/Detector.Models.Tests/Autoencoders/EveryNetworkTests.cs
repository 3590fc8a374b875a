using Detector.Models.Artifacts;
using Detector.Models.Autoencoders;
using Detector.Models.Compute;
using Detector.Models.Scoring;
using Detector.Models.Tests.Artifacts;
using Detector.Models.Tests.Scoring;
using Detector.Models.Training;
using static TorchSharp.torch;

namespace Detector.Models.Tests.Autoencoders;

/// <summary>What holds for every network, by name and by what its options make another network of.</summary>
public sealed class EveryNetworkTests
{
    private static readonly TrainerOptions Brief = new() { MaxSteps = 12, EvaluateEvery = 4, BatchSize = 32, LearningRate = 3e-3 };

    public static TheoryData<string> Kinds => [.. AutoencoderFactory.Names, "recurrent lstm", "variational sampled"];

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Train_OddWindows_GivesFiniteScores(string kind)
    {
        AssertFinite(Plant.Run(100, 8, 1, seed: 1), kind); // one feature
        AssertFinite(Plant.Run(70, 2, 3, seed: 1), kind); // two rows, and fewer windows than a batch
        AssertFinite(Plant.Run(100, 8, 3, seed: 1).With((row, f, x) => row is > 20 and < 40 || row > 88 ? double.NaN : x), kind); // windows without a value
        AssertFinite(Plant.Run(100, 8, 3, seed: 1).With((_, f, x) => f == 1 ? 42 : x), kind); // a constant feature
        AssertFinite(Plant.Run(100, 8, 2, seed: 1).With((_, f, x) => f == 1 ? double.NaN : x), kind); // one never measured
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Fit_FiveHundredTwelveFeatures_GivesFiniteReconstructions(string kind)
    {
        using var scope = NewDisposeScope();
        using TrainingWindows windows = Plant.Run(70, 3, 512, seed: 1).Windows();
        using Autoencoder network = Networks.Create(kind.Split(' ')[0], windows.Training.Dimensions, Settings(kind).Network);

        NetworkReport report = Networks.Fit(network, windows, Brief);

        Assert.True(double.IsFinite(report.BestLoss));
        Assert.True(network.Score(windows.Validation.ToTensor(CPU)).isfinite().all().item<bool>());
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Score_AmongOthersOrAlone_GivesTheSameBits(string kind)
    {
        Plant plant = Plant.Run(200, 8, 3, seed: 1).With((row, _, x) => row % 60 == 0 ? double.NaN : x);
        using AnomalyModel model = plant.Train(Settings(kind)).Model;
        using var tile = new ScoringWorkspace(model.Dimensions);
        for (int i = 0; i < ScoringWorkspace.TileRows; i++)
            tile.Add(plant.Window(100 + i), model, model.CreateMemory());

        model.Score(tile);

        foreach (int i in (ReadOnlySpan<int>)[0, 1, 5, 6, 31, 63])
            Assert.Equal(Scored.Alone(model, plant.Window(100 + i)), Scored.At(tile, i));
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Train_SameSeed_SavedAndLoaded_ScoresTheSameBits(string kind)
    {
        using var directory = new TemporaryDirectory();
        var store = new ArtifactStore(directory.Path);
        Plant plant = Plant.Run(200, 8, 3, seed: 1);
        ModelSettings settings = Settings(kind);
        TrainedModel trained = plant.Train(settings);
        using AnomalyModel model = trained.Model, again = plant.Train(settings).Model;
        ArtifactManifest saved = store.Save(
            ModelArtifact.Describe(trained, settings, "p", "k", TimeSpan.TicksPerSecond, plant.Range, DateTimeOffset.UnixEpoch), ModelArtifact.Tensors(model));
        Assert.True(store.TryLoad("p", "k", saved.Version, out Artifact? artifact, out string? refusal), refusal);

        using AnomalyModel loaded = ModelArtifact.Build(artifact, Plant.Device);

        Assert.True(ModelArtifact.HasOptions(artifact.Manifest, settings));
        for (int newest = 50; newest < 200; newest += 30)
        {
            Scored expected = Scored.Alone(model, plant.Window(newest));
            Assert.Equal(expected, Scored.Alone(again, plant.Window(newest)));
            Assert.Equal(expected, Scored.Alone(loaded, plant.Window(newest)));
        }
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Score_ExtremeValues_StayAnomalies(string kind)
    {
        Plant plant = Plant.Run(200, 8, 3, seed: 1);
        TrainedModel trained = plant.Train(Settings(kind));
        using AnomalyModel model = trained.Model;
        foreach (double extreme in (double[])[1e6, -1e30, double.MaxValue])
        {
            double[] window = plant.Window(150);
            (window[^2], window[3]) = (extreme, -extreme);
            Scored scored = Scored.Alone(model, window);

            Assert.True(double.IsFinite(scored.Score) && scored.Score > trained.Threshold.Value, $"{extreme}: {scored.Score}");
            Assert.Equal(1, scored.Culprit);
            Assert.All(scored.Expected, value => Assert.True(float.IsFinite(value)));
        }
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Train_LearningRateFarTooHigh_IsRefusedOrGivesFiniteScores(string kind)
    {
        Plant plant = Plant.Run(200, 8, 3, seed: 1);
        ModelSettings settings = Settings(kind), impossible = settings with { Trainer = Brief with { LearningRate = 10 } };

        Assert.Throws<TrainingException>(() => plant.Train(impossible));
        try
        {
            using AnomalyModel model = plant.Train(settings with { Trainer = Brief with { LearningRate = 1, MaxSteps = 60 } }).Model;
            Assert.True(double.IsFinite(Scored.Alone(model, plant.Window(100)).Score));
        }
        catch (TrainingException error)
        {
            Assert.Contains("lower Training:LearningRate", error.Message, StringComparison.Ordinal);
        }
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Train_Report_HoldsTheFiguresOfTheNetworksProperty(string kind)
    {
        TrainedModel trained = Plant.Run(200, 8, 3, seed: 1).Train(Settings(kind));
        using AnomalyModel model = trained.Model;
        NetworkReport report = trained.Report.Networks.Single();

        Assert.Equal(kind != "stacked", report.Properties.Count > 0);
        Assert.All(report.Properties, figure => Assert.All(figure.Values, value => Assert.True(double.IsFinite(value), figure.Name)));
    }

    private static ModelSettings Settings(string kind) => new()
    {
        Networks = [kind.Split(' ')[0]],
        Network = new NetworkOptions
        {
            Hidden = [12],
            Latent = 4,
            Channels = [4, 4],
            Cell = kind.EndsWith("lstm", StringComparison.Ordinal) ? "lstm" : "gru",
            Samples = kind.EndsWith("sampled", StringComparison.Ordinal) ? 5 : 0,
        },
        Trainer = Brief,
    };

    private static void AssertFinite(Plant plant, string kind)
    {
        using AnomalyModel model = plant.Train(Settings(kind)).Model;
        double[] newest = plant.Window(plant.Count - 1), missing = [.. newest.Select(_ => double.NaN)];
        foreach (double[] window in (double[][])[newest, missing])
        {
            Scored scored = Scored.Alone(model, window);
            Assert.True(double.IsFinite(scored.Score), $"{scored.Score}");
            Assert.All(scored.Contributions, share => Assert.True(float.IsFinite(share)));
            Assert.All(scored.Expected, value => Assert.True(float.IsFinite(value)));
        }
    }
}
