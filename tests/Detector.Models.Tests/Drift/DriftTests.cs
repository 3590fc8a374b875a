using Detector.Models.Drift;

namespace Detector.Models.Tests.Drift;

public sealed class DriftTests
{
    private static readonly long s_step = TimeSpan.FromMinutes(10).Ticks;

    [Fact]
    public void PopulationStability_SameSpread_IsSmall_OtherSpread_IsAboveTheLimit()
    {
        var stability = new PopulationStability(1, TimeSpan.FromDays(1));
        double[] reference = Wave(2000, 1);
        stability.Fit(reference);
        Feed(stability.Add, Wave(400, 2), 1);
        Assert.True(stability.IsReady);
        Assert.InRange(stability.Of(0), 0, 0.1);

        Feed(stability.Add, [.. Wave(400, 3).Select(value => value + 3)], 1, 400);
        Assert.True(stability.Of(0) > PopulationStability.Changed);
    }

    [Fact]
    public void PopulationStability_MissingAndConstantValues_SayNothing()
    {
        var stability = new PopulationStability(2, TimeSpan.FromHours(1));
        stability.Fit([5, double.NaN, 5, double.NaN]);
        Feed(stability.Add, [.. Enumerable.Range(0, 100).SelectMany(_ => new[] { 5, double.NaN })], 2);
        Assert.Equal([0, 0], [stability.Of(0), stability.Of(1)]);
    }

    [Fact]
    public void PageHinkley_MeanRises_IsFound_MeanStays_IsNot()
    {
        var test = new PageHinkley(0.25, 24, 24);
        double[] noise = Simulation.LogGaussian(3000, 0.3, 1);
        foreach (double value in noise.AsSpan(0, 1000))
            test.Add(value);
        Assert.False(test.HasRisen);
        foreach (double value in noise.AsSpan(1000, 100))
            test.Add(value + 1);
        Assert.True(test.HasRisen);
        test.Reset();
        Assert.False(test.HasRisen);
    }

    [Fact]
    public void RelationShift_FeaturesMoveTogether_NothingShows_OneMovesAlone_ItShows()
    {
        var shift = new RelationShift(2, TimeSpan.FromHours(6));
        shift.Anchor(Pair(2000, 1, 0, 0), Times(2000));
        Feed(shift.Add, Pair(300, 2, 1.5, 0), 2);
        Assert.InRange(Math.Abs(shift.Of(1)), 0, 0.6);

        Feed(shift.Add, Pair(300, 3, 1.5, 1), 2, 300);
        Assert.True(shift.Of(1) > 2);
        shift.Accept();
        Assert.Equal(0, shift.Of(1));
    }

    [Fact]
    public void RelationShift_MeanThatWandersByItself_IsToldInItsOwnReach()
    {
        double[] wandering = Pair(2000, 1, 0, 0);
        // For half a day in ten the second feature is elsewhere, and that is normal.
        for (int i = 0; i < 2000; i++)
            wandering[2 * i + 1] += i % 1440 < 72 ? 3 : 0;
        var calm = new RelationShift(2, TimeSpan.FromHours(6));
        var restless = new RelationShift(2, TimeSpan.FromHours(6));
        calm.Anchor(Pair(2000, 1, 0, 0), Times(2000));
        restless.Anchor(wandering, Times(2000));
        Feed(calm.Add, Pair(72, 2, 0, 3), 2);
        Feed(restless.Add, Pair(72, 2, 0, 3), 2);
        Assert.True(calm.Of(1) > 2, $"A calm feature is told of: {calm.Of(1):F2}.");
        Assert.InRange(restless.Of(1), 0.5, 1.2);
    }

    [Fact]
    public void SaveAndLoad_GoOnToTheLastBit()
    {
        var left = new RelationShift(2, TimeSpan.FromHours(6));
        var right = new RelationShift(2, TimeSpan.FromHours(6));
        var stability = new PopulationStability(2, TimeSpan.FromDays(1));
        var other = new PopulationStability(2, TimeSpan.FromDays(1));
        left.Anchor(Pair(500, 1, 0, 0), Times(500));
        stability.Fit(Pair(500, 1, 0, 0));
        Feed(left.Add, Pair(100, 2, 1, 1), 2);
        Feed(stability.Add, Pair(100, 2, 1, 1), 2);
        var bytes = new MemoryStream();
        using var writer = new BinaryWriter(bytes);
        left.Save(writer);
        stability.Save(writer);
        bytes.Position = 0;
        using var reader = new BinaryReader(bytes);
        right.Load(reader);
        other.Load(reader);
        Feed(left.Add, Pair(100, 3, 1, 1), 2, 100);
        Feed(right.Add, Pair(100, 3, 1, 1), 2, 100);
        Feed(stability.Add, Pair(100, 3, 1, 1), 2, 100);
        Feed(other.Add, Pair(100, 3, 1, 1), 2, 100);
        Assert.Equal((left.Of(0), left.Of(1), stability.Of(0)), (right.Of(0), right.Of(1), other.Of(0)));
    }

    private static double[] Wave(int rows, int seed)
    {
        double[] noise = Simulation.LogGaussian(rows, 0.2, seed);
        return [.. noise.Select((value, i) => value + Math.Sin(i * Math.Tau / 144))];
    }

    /// <summary>Two features that follow the same wave, the second with a noise of its own.</summary>
    private static double[] Pair(int rows, int seed, double both, double alone)
    {
        double[] noise = Simulation.LogGaussian(2 * rows, 0.1, seed);
        return [.. Enumerable.Range(0, rows).SelectMany(i => new[] { both + Math.Sin(i * Math.Tau / 144) + noise[2 * i], 2 * (both + Math.Sin(i * Math.Tau / 144)) + noise[2 * i + 1] + alone })];
    }

    private static long[] Times(int rows) => [.. Enumerable.Range(0, rows).Select(i => DateTime.UnixEpoch.Ticks + i * s_step)];

    private delegate void Take(long ticks, ReadOnlySpan<double> row);

    private static void Feed(Take take, double[] rows, int features, int first = 0)
    {
        for (int i = 0; i < rows.Length / features; i++)
            take(DateTime.UnixEpoch.Ticks + (first + i) * s_step, rows.AsSpan(i * features, features));
    }
}
