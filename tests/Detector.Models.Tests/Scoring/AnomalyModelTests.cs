using Detector.Models.Scoring;
using Detector.Models.Training;

namespace Detector.Models.Tests.Scoring;

public sealed class AnomalyModelTests
{
    [Theory]
    [InlineData(32, 8)]
    [InlineData(32, 38)]
    [InlineData(16, 1)]
    [InlineData(60, 3)]
    [InlineData(1, 5)]
    public void Score_AnyTile_GivesEachWindowTheSameBits(int length, int features)
    {
        Plant plant = Plant.Run(300, length, features, seed: 3);
        // Networks as wide as the default ones: the products' kernels depend on the width.
        using AnomalyModel model = plant.Train(new ModelSettings { Trainer = new TrainerOptions { MaxSteps = 15 } }).Model;
        var random = new Random(4);
        double[][] windows = [.. Enumerable.Range(0, 80).Select(_ => plant.Window(random.Next(length, plant.Count)))];
        foreach (double[] window in windows.Where((_, i) => i % 3 == 0))
            window[random.Next(window.Length)] = double.NaN;
        Scored[] alone = [.. windows.Select(window => Scored.Alone(model, window))];

        using var tile = new ScoringWorkspace(model.Dimensions);
        for (int round = 0; round < 25; round++)
        {
            tile.Clear();
            int[] chosen = [.. Enumerable.Range(0, random.Next(1, ScoringWorkspace.TileRows + 1)).Select(_ => random.Next(windows.Length))];
            foreach (int i in chosen)
                tile.Add(windows[i], model, model.CreateMemory());
            model.Score(tile);
            for (int place = 0; place < chosen.Length; place++)
                Assert.Equal(alone[chosen[place]], Scored.At(tile, place));
        }
    }

    [Fact]
    public void Score_WhileAnotherThreadTrains_GivesTheSameBits()
    {
        Plant plant = Plant.Run(300, 16, 4, seed: 5);
        using AnomalyModel model = plant.Train().Model;
        Scored expected = Scored.Alone(model, plant.Window(200));
        CancellationToken cancel = TestContext.Current.CancellationToken;
        bool done = false;
        var training = new Thread(() =>
        {
            new ModelTrainer(Plant.Quick, Detector.Models.Compute.ComputeDevice.Select("cpu"), TimeProvider.System).Train(plant, null, cancel).Model.Dispose();
            Volatile.Write(ref done, true);
        });
        training.Start();

        do
            Assert.Equal(expected, Scored.Alone(model, plant.Window(200)));
        while (!Volatile.Read(ref done));
        training.Join();
    }

    [Fact]
    public void Score_ValuesThatAreNoNumbers_AllCountAsMissing()
    {
        Plant plant = Plant.Run(300, 16, 4, seed: 5);
        using AnomalyModel model = plant.Train().Model;
        Scored[] scored = [.. new[] { double.NaN, double.PositiveInfinity, double.NegativeInfinity }.Select(hole =>
        {
            double[] window = plant.Window(100);
            (window[9], window[^2]) = (hole, hole);
            return Scored.Alone(model, window);
        })];

        Assert.Equal(scored[0], scored[1]);
        Assert.Equal(scored[0], scored[2]);
        Assert.NotEqual(scored[0], Scored.Alone(model, plant.Window(100)));
    }

    [Fact]
    public void Score_NothingMeasured_IsZeroAndFinite()
    {
        Plant plant = Plant.Run(300, 16, 4, seed: 5);
        using AnomalyModel model = plant.Train().Model;
        Scored scored = Scored.Alone(model, [.. Enumerable.Repeat(double.NaN, model.Dimensions.Size)]);

        Assert.Equal(0, scored.Score);
        Assert.All(scored.Contributions, share => Assert.Equal(0.25f, share));
        Assert.All(scored.Expected, value => Assert.True(float.IsFinite(value)));
    }

    [Fact]
    public void Score_TileOfOtherDimensions_SaysBoth()
    {
        using AnomalyModel model = Plant.Run(200, 8, 2, seed: 5).Train().Model;
        using var tile = new ScoringWorkspace(new(8, 3));

        var error = Assert.Throws<ArgumentException>(() => model.Score(tile));

        Assert.Contains("Features = 3", error.Message, StringComparison.Ordinal);
        Assert.Contains("Features = 2", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Add_FullTile_Throws()
    {
        Plant plant = Plant.Run(200, 8, 2, seed: 5);
        using AnomalyModel model = plant.Train().Model;
        using var tile = new ScoringWorkspace(model.Dimensions);
        for (int i = 0; i < ScoringWorkspace.TileRows; i++)
            tile.Add(plant.Window(100), model, model.CreateMemory());

        Assert.True(tile.IsFull);
        Assert.Throws<InvalidOperationException>(() => tile.Add(plant.Window(100), model, model.CreateMemory()));
    }

    [Fact]
    public void Expected_NormalOperation_IsCloseToTheTruthInRawUnits()
    {
        Plant plant = Plant.Run(900, 16, 5, seed: 6);
        using AnomalyModel model = plant.Train(Plant.Quick with { Trainer = Plant.Quick.Trainer with { MaxSteps = 400 } }).Model;
        double[] errors = new double[5];
        for (int newest = 700; newest < 900; newest++)
        {
            double[] window = plant.Window(newest);
            Scored scored = Scored.Alone(model, window);
            for (int f = 0; f < 5; f++)
                errors[f] += Math.Abs(model.Scaler.Inverse(f, scored.Expected[f]) - window[^(5 - f)]) / 200;
        }

        // The states have a standard deviation of about 1 unit, the noise of 0.1.
        for (int f = 0; f < 5; f++)
            Assert.InRange(errors[f] / Plant.Unit(f), 0.05, 0.4);
        Assert.All(model.Noise, noise => Assert.InRange(noise, 0.05f, 0.6f));
    }
}
