using Detector.Models.Compute;
using Detector.Models.Scoring;
using Detector.Models.Tests.Scoring;
using Detector.Models.Thresholds;
using Detector.Models.Training;
using static TorchSharp.torch;

namespace Detector.Models.Tests.Training;

public sealed class ModelTrainerTests
{
    private static readonly ModelSettings Brief = Plant.Quick with { Trainer = Plant.Quick.Trainer with { MaxSteps = 40 } };

    [Fact]
    public void Train_SameSeed_GivesTheSameBitsWhateverElseRuns()
    {
        Plant plant = Plant.Run(300, 8, 3, seed: 1), other = Plant.Run(260, 6, 4, seed: 2);
        manual_seed(1);
        byte[] alone = Weights(plant, Brief);
        var disturbing = new Thread(() =>
        {
            for (int i = 0; i < 2; i++)
                Weights(other, Brief with { Trainer = Brief.Trainer with { Seed = 5 + i } });
        });
        disturbing.Start();
        manual_seed(2);

        byte[] beside = Weights(plant, Brief);
        disturbing.Join();

        Assert.Equal(alone, beside);
        Assert.NotEqual(alone, Weights(plant, Brief with { Trainer = Brief.Trainer with { Seed = 2 } }));
    }

    [Fact]
    public void Train_LearningRateOfTen_IsRefused()
    {
        var error = Assert.Throws<TrainingException>(() => Plant.Run(300, 8, 3, seed: 1).Train(
            Brief with { Trainer = Brief.Trainer with { LearningRate = 10 } }));

        Assert.Contains("LearningRate is 10; give a number above 0 and at most 1", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("denoising")]
    [InlineData("variational")]
    public void Train_LearningRateOfOne_IsRefusedOrGivesFiniteScores(string network)
    {
        Plant plant = Plant.Run(300, 8, 3, seed: 1);
        ModelSettings settings = Brief with { Networks = [network], Trainer = Brief.Trainer with { LearningRate = 1, MaxSteps = 200 } };
        try
        {
            using AnomalyModel model = plant.Train(settings).Model;
            Assert.True(double.IsFinite(Scored.Alone(model, plant.Window(100)).Score));
        }
        catch (TrainingException error)
        {
            Assert.Contains("lower Training:LearningRate", error.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Train_TooFewWindows_SaysHowManyThereAre()
    {
        var error = Assert.Throws<TrainingException>(() => Plant.Run(70, 8, 3, seed: 1).Train(Brief));

        Assert.Contains("63 windows of 8 rows, and a model needs 64", error.Message, StringComparison.Ordinal);
        Assert.Contains("Training:Warmup", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Train_TooLittleMemory_SaysWhatToRaise()
    {
        ModelSettings settings = Brief with { Trainer = Brief.Trainer with { MaxWindowBytes = 63 * 8 * 3 * 4 } };

        var error = Assert.Throws<TrainingException>(() => Plant.Run(300, 8, 3, seed: 1).Train(settings));

        Assert.Contains("Only 59 of 293 windows", error.Message, StringComparison.Ordinal);
        Assert.Contains("MaxWindowBytes = 6048", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(293, 1)]
    [InlineData(292, 2)]
    [InlineData(98, 3)]
    [InlineData(97, 4)]
    public void Train_LimitedMemory_UsesAsManyWindowsAsFit(int room, int every)
    {
        Plant plant = Plant.Run(300, 8, 3, seed: 1);
        using TrainingWindows windows = TrainingWindows.Collect(
            plant, Models.Scaling.FeatureScaler.Fit("robust", plant.Rows, 3), new TrainerOptions { MaxWindowBytes = room * 8 * 3 * 4 });

        Assert.Equal(every * TimeSpan.TicksPerSecond, windows.Training.Ticks[1] - windows.Training.Ticks[0]);
        Assert.InRange(windows.Training.Count + windows.Validation.Count, 1, room);
        Assert.True(windows.Validation.Ticks[0] - windows.Training.Ticks[^1] >= 8 * TimeSpan.TicksPerSecond);
    }

    [Fact]
    public void Train_ImpossibleSettings_ListsAllProblems()
    {
        ModelSettings settings = Brief with
        {
            Trainer = new TrainerOptions { BatchSize = 0, EvaluateEvery = 0, ValidationShare = 1 },
            Network = Brief.Network with { Latent = 0 },
        };

        var error = Assert.Throws<TrainingException>(() => Plant.Run(300, 8, 3, seed: 1).Train(settings));

        Assert.All(["BatchSize is 0", "EvaluateEvery is 0", "ValidationShare is 1", "Latent is 0"],
            text => Assert.Contains(text, error.Message, StringComparison.Ordinal));
    }

    [Fact]
    public void Train_NothingMeasured_SaysSo()
    {
        var error = Assert.Throws<TrainingException>(() => Plant.Run(300, 8, 2, seed: 1).With((_, _, _) => double.NaN).Train(Brief));

        Assert.Contains("Not one value was measured in the 300 rows", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Train_ConstantAbsentAndGappyFeatures_ScoresStayFinite()
    {
        Plant plant = Plant.Run(300, 8, 5, seed: 3).With((row, f, x) => f switch
        {
            1 => 42,
            2 => double.NaN,
            3 when row % 40 < 12 => double.NaN, // also whole windows
            4 when row == 150 => double.PositiveInfinity,
            _ => x,
        });
        TrainedModel trained = plant.Train(Brief);
        using AnomalyModel model = trained.Model;

        Scored normal = Scored.Alone(model, plant.Window(250));
        double[] window = plant.Window(250);
        for (int i = 2; i < window.Length; i += 5)
            window[i] = 1e6; // a feature of which nothing was learned

        Assert.InRange(trained.Report.MissingShare, 0.2, 0.35);
        Assert.All(ModelArtifact.Tensors(model).Values, tensor => Assert.All(tensor.ToFloats(), value => Assert.True(float.IsFinite(value))));
        Assert.InRange(normal.Score, 0, 3);
        Assert.Equal(normal, Scored.Alone(model, window));
        Assert.Equal(0, normal.Contributions[2]);

        for (int i = 1; i < window.Length; i += 5)
            window[i] = 45; // the constant one moves
        Scored moved = Scored.Alone(model, window);
        Assert.Equal(1, moved.Culprit);
        Assert.True(moved.Score > normal.Score + 0.5, $"{normal.Score} -> {moved.Score}");
    }

    [Fact]
    public void Train_FewerWindowsThanABatchOrVeryManyFeatures_Succeeds()
    {
        using AnomalyModel small = Plant.Run(64, 1, 1, seed: 1).Train(Brief).Model;
        using AnomalyModel wide = Plant.Run(100, 4, 512, seed: 1).Train(Brief with { Trainer = Brief.Trainer with { MaxSteps = 4 } }).Model;

        Assert.True(double.IsFinite(Scored.Alone(small, [105]).Score));
        Assert.Equal(512, Scored.Alone(wide, Plant.Run(100, 4, 512, seed: 1).Window(50)).Contributions.Length);
    }

    [Fact]
    public void Train_ThresholdState_RestoresAndKnowsItsRate()
    {
        TrainedModel trained = Plant.Run(500, 8, 3, seed: 1).Train(Brief);
        using AnomalyModel model = trained.Model;
        IThreshold first = ThresholdFactory.Restore(trained.Threshold), second = ThresholdFactory.Restore(trained.Threshold);

        Assert.Equal(trained.Threshold.Value, first.Value);
        Assert.Equal(first.Describe(), trained.Report.Threshold);
        for (int i = 0; i < 50; i++)
            Assert.Equal(first.Observe(i * 0.1, i * TimeSpan.TicksPerSecond), second.Observe(i * 0.1, i * TimeSpan.TicksPerSecond));
        Assert.Equal(first.Value, second.Value);
    }

    [Fact]
    public void Train_Progress_EndsEachNetworkAtOne()
    {
        var seen = new List<TrainingProgress>();
        using AnomalyModel model = new ModelTrainer(Brief, ComputeDevice.Select("cpu"), TimeProvider.System)
            .Train(Plant.Run(200, 8, 3, seed: 1), new Recorder(seen), TestContext.Current.CancellationToken).Model;

        Assert.Equal(ModelSettings.DefaultNetworks, seen.Where(progress => progress.Fraction == 1).Select(progress => progress.Network).Distinct());
        Assert.All(seen, progress => Assert.True(double.IsFinite(progress.TrainingLoss) && double.IsFinite(progress.ValidationLoss)));
    }

    [Fact]
    public void Train_ManyAtOnce_EachModelIsTheOneTrainedAlone()
    {
        Plant[] plants = [.. Enumerable.Range(1, 6).Select(seed => Plant.Run(200, 8, 3, seed))];
        var together = new byte[plants.Length][];

        Parallel.For(0, plants.Length, new ParallelOptions { MaxDegreeOfParallelism = 3 }, i => together[i] = Weights(plants[i], Brief));

        for (int i = 0; i < plants.Length; i++)
            Assert.Equal(Weights(plants[i], Brief), together[i]);
    }

    private static byte[] Weights(Plant plant, ModelSettings settings)
    {
        using AnomalyModel model = new ModelTrainer(settings, ComputeDevice.Select("cpu"), TimeProvider.System).Train(plant, null, default).Model;
        return [.. ModelArtifact.Tensors(model).OrderBy(entry => entry.Key, StringComparer.Ordinal).SelectMany(entry => entry.Value.Bytes.ToArray())];
    }

    private sealed class Recorder(List<TrainingProgress> seen) : IProgress<TrainingProgress>
    {
        public void Report(TrainingProgress value) => seen.Add(value);
    }
}
