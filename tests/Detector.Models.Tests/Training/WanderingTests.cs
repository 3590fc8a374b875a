using Detector.Models.Artifacts;
using Detector.Models.Scoring;
using Detector.Models.Tests.Artifacts;
using Detector.Models.Tests.Scoring;
using Detector.Models.Training;

namespace Detector.Models.Tests.Training;

public sealed class WanderingTests
{
    private const int Features = 6, Room = 5, Length = 16, Rows = 320;

    /// <summary>More codes than so few rows can teach.</summary>
    private static readonly ModelSettings s_settings = Plant.Quick with { Networks = ["linear"], Network = Plant.Quick.Network with { Latent = 32 } };

    [Fact]
    public void Train_OneFeatureWandersByItself_ItsLevelIsTakenOut()
    {
        using AnomalyModel model = Wandering([Room]).Train(s_settings).Model;
        Assert.Equal([Room], model.Detrending!.Columns);
    }

    [Fact]
    public void Train_AllFeaturesWanderTogether_NothingIsTakenOut()
    {
        using AnomalyModel model = Wandering([0, 1, 2, 3, 4, Room]).Train(s_settings).Model;
        Assert.Null(model.Detrending);
    }

    [Fact]
    public void Train_NothingWanders_NothingIsTakenOut()
    {
        using AnomalyModel model = Wandering([]).Train(s_settings).Model;
        Assert.Null(model.Detrending);
    }

    [Fact]
    public void Train_DetrendIsOff_NothingIsTakenOut()
    {
        using AnomalyModel model = Wandering([Room]).Train(s_settings with { Detrend = false }).Model;
        Assert.Null(model.Detrending);
    }

    [Fact]
    public void Score_TheRoomHasBecomeWarmSlowly_ScoresAreAsBefore()
    {
        Plant plant = Wandering([Room]), warm = plant.With((row, f, value) => f == Room && row > 100 ? value + (row - 100) * 0.05 : value);
        using AnomalyModel with = plant.Train(s_settings).Model, without = plant.Train(s_settings with { Detrend = false }).Model;

        double known = Last(with, warm).Score / Last(with, plant).Score, unknown = Last(without, warm).Score / Last(without, plant).Score;
        Assert.True(known < 1.2 && unknown > 1.5, $"Times as high: {known:F2} with the level taken out, {unknown:F2} without.");
    }

    [Fact]
    public void Score_TheRoomJumps_IsToldWithTheLevelBeforeAsExpected()
    {
        Plant plant = Wandering([Room]), jumped = plant.With((row, f, value) => f == Room && row >= Rows - 10 ? value + 15 : value);
        using AnomalyModel model = plant.Train(s_settings).Model;

        Scored usual = Last(model, plant), odd = Last(model, jumped);

        Assert.True(odd.Score > 3 * usual.Score, $"{odd.Score} against {usual.Score}");
        Assert.Equal(Room, odd.Culprit);
        double scaled = Scaled(model, plant.Window(Rows - 11), Room);
        Assert.InRange(usual.Expected[Room], scaled - 1, scaled + 1);
        Assert.InRange(odd.Expected[Room], scaled - 1, Scaled(model, jumped.Window(Rows - 1), Room) - 1);
    }

    [Fact]
    public void Build_SavedAndLoaded_ScoresTheSameBits()
    {
        Plant plant = Wandering([Room]);
        TrainedModel trained = plant.Train(s_settings);
        using AnomalyModel model = trained.Model;
        using var directory = new TemporaryDirectory();
        var store = new ArtifactStore(directory.Path);
        ArtifactManifest saved = store.Save(
            ModelArtifact.Describe(trained, s_settings, "p", "s", TimeSpan.TicksPerSecond, plant.Range, DateTimeOffset.UnixEpoch), ModelArtifact.Tensors(model));
        Assert.True(store.TryLoad(saved.Pipeline, saved.Key, saved.Version, out Artifact? artifact, out string? refusal), refusal);

        using AnomalyModel loaded = ModelArtifact.Build(artifact, Plant.Device);

        SeriesMemory left = model.CreateMemory(), right = loaded.CreateMemory();
        for (int row = 200; row < Rows; row++)
            Assert.Equal(Scored.Next(model, left, plant.Window(row)), Scored.Next(loaded, right, plant.Window(row)));
    }

    /// <summary>A plant of steady features; those named follow one random walk beside.</summary>
    private static Plant Wandering(int[] features)
    {
        var random = new Random(3);
        double[] walk = new double[Rows], rows = new double[Rows * Features];
        for (int t = 1; t < Rows; t++)
            walk[t] = walk[t - 1] + 0.02 + 0.2 * Simulation.Gaussian(random);
        for (int t = 0; t < Rows; t++)
        {
            double load = Simulation.Gaussian(random);
            for (int f = 0; f < Features; f++)
                rows[t * Features + f] = 20 + load * Math.Cos(f) + 0.2 * Simulation.Gaussian(random) + (features.Contains(f) ? walk[t] : 0);
        }

        return Plant.Of(rows, Length, Features);
    }

    /// <summary>The last window's, after all before.</summary>
    private static Scored Last(AnomalyModel model, Plant plant)
    {
        SeriesMemory memory = model.CreateMemory();
        for (int row = Length - 1; row < Rows - 1; row++)
            Scored.Next(model, memory, plant.Window(row));
        return Scored.Next(model, memory, plant.Window(Rows - 1));
    }

    private static float Scaled(AnomalyModel model, double[] window, int feature)
    {
        float[] scaled = new float[window.Length];
        model.Scaler.Transform(window, 0, scaled);
        return scaled[^(Features - feature)];
    }
}
