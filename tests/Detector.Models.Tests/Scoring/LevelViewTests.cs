using Detector.Models.Autoencoders;
using Detector.Models.Scoring;

namespace Detector.Models.Tests.Scoring;

public sealed class LevelViewTests
{
    private const int Rows = 4000;

    [Fact]
    public void Of_NoiseAroundALevel_IsNotFollowed_RandomWalkIs()
    {
        LevelFit fit = Fitted();

        Assert.InRange(fit.Gain[0], 0, 0.01f);
        Assert.InRange(fit.Gain[1], 0.3f, 0.9f);
        Assert.Equal(1, fit.RowDeviation[0], 0.1);
        Assert.True(fit.MeanDeviation[2] < fit.MeanDeviation[0], "a longer mean of noise is quieter");
    }

    [Fact]
    public void Observe_LevelShiftOfOneDeviation_GrowsWithTheTimeScaleAndNamesTheFeature()
    {
        var view = new LevelView(Fitted());
        double[] slots = Started(view);
        var random = new Random(5);
        for (int row = 0; row < 500; row++)
            Look(view, slots, [Noise(random), 0]);
        double quiet = view.Error(Look(view, slots, [Noise(random), 0]), 1);

        float[] shares = [];
        for (int row = 0; row < 60; row++)
            shares = Look(view, slots, [Noise(random) + 1.5f, 0]);

        Assert.True(view.Error(shares, 1) > 10 * Math.Max(quiet, 0.3), $"{quiet} -> {view.Error(shares, 1)}");
        Assert.True(view.Error(shares, 1) > view.Error(shares, 0));
        Assert.True(shares[2] > 5 * shares[3]);
    }

    [Fact]
    public void Observe_FaultOfADriftingFeature_StaysVisible_AndIsTheLevelInTheEnd()
    {
        var view = new LevelView(Fitted());
        double[] slots = Started(view);
        for (int row = 0; row < 50; row++)
            Look(view, slots, [0, 5]);
        double[] errors = [.. Enumerable.Range(0, 700).Select(_ => view.Error(Look(view, slots, [0, 25]), 1))];

        Assert.True(errors[500] > 50, $"{errors[500]}");
        Assert.InRange(errors[^1], 0, 1);
    }

    [Fact]
    public void Observe_FirstRowOfADriftingFeature_IsItsLevel()
    {
        var view = new LevelView(Fitted());

        Assert.Equal(0, view.Error(Look(view, Started(view), [0, 7]), 0), 1e-3);
    }

    [Fact]
    public void Observe_MissingFeature_IsLeftAsItWas()
    {
        var view = new LevelView(Fitted());
        double[] slots = Started(view);
        for (int row = 0; row < 20; row++)
            Look(view, slots, [0.1f, 1]);
        double[] before = [.. slots];
        Look(view, slots, [0.1f, 100], [1, 0]);

        Assert.Equal(before[^4..], slots[^4..]);
    }

    [Fact]
    public void Pass_LevelsMovedMeanwhile_AreFollowedAsFarAsTheBaselinesFollow()
    {
        var view = new LevelView(Fitted());
        double[] slots = Started(view);
        for (int row = 0; row < 50; row++)
            Look(view, slots, [0, 5]);
        view.Pass([.. Enumerable.Repeat<float[]>([9, 25], 8).SelectMany(row => row)], 100, slots);
        float[] shares = Look(view, slots, [9, 25]);

        Assert.InRange(shares[3], 0, 0.1f); // the one that wanders is where it belongs
        Assert.True(shares[2] > 3, $"{shares[2]}"); // of the other, which hardly does, it is a shift still
    }

    [Fact]
    public void Of_RowsWithHoles_DeviatesAsMuchAsTheStreamDoes()
    {
        LevelFit stream = Fitted();
        // The same, of which every second hundred rows are not known.
        var random = new Random(4);
        var rows = new List<float>();
        var holes = new List<(int, double)>();
        float walk = 0;
        for (int row = 0; row < Rows; row++)
        {
            walk += 0.3f * Noise(random);
            float steady = Noise(random);
            if (row / 100 % 2 == 1)
                continue;
            if (row % 100 == 0 && row > 0)
                holes.Add((rows.Count / 2, 100));
            rows.AddRange([steady, walk]);
        }

        LevelFit known = LevelFit.Of([.. rows], new int[rows.Count / 2], 2, holes), unknown = LevelFit.Of([.. rows], new int[rows.Count / 2], 2);

        Assert.Equal(stream.Gain, known.Gain);
        Assert.Equal(1, known.RowDeviation[1] / stream.RowDeviation[1], 0.1);
        Assert.True(unknown.RowDeviation[1] > 1.1 * known.RowDeviation[1], $"{unknown.RowDeviation[1]} and {known.RowDeviation[1]}");
    }

    private static LevelFit Fitted()
    {
        var random = new Random(4);
        float[] rows = new float[Rows * 2];
        float walk = 0;
        for (int row = 0; row < Rows; row++)
        {
            walk += 0.3f * Noise(random);
            (rows[2 * row], rows[2 * row + 1]) = (Noise(random), walk);
        }

        return LevelFit.Of(rows, new int[Rows], 2);
    }

    private static double[] Started(LevelView view)
    {
        double[] slots = new double[view.Slots];
        view.Start(slots);
        return slots;
    }

    private static float[] Look(LevelView view, double[] slots, float[] row, float[]? observed = null)
    {
        float[] shares = new float[ScoreView.Spans * 2];
        view.Observe(new WindowEvidence(new WindowDimensions(1, 2), row, observed, [], restarted: false), slots, shares);
        return shares;
    }

    private static float Noise(Random random) =>
        (float)(Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble()));
}
