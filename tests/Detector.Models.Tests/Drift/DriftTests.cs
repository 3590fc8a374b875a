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
    public void RelationShift_FeatureLetGo_IsAsIfItHadNeverBeenThere()
    {
        var three = new RelationShift(3, TimeSpan.FromHours(6));
        var two = new RelationShift(2, TimeSpan.FromHours(6));
        three.Anchor(Third(Pair(2000, 1, 0, 0), 4), Times(2000));
        two.Anchor(Pair(2000, 1, 0, 0), Times(2000));
        double[] later = Pair(300, 2, 0.5, 1);
        Feed(three.Add, Third(later, 5), 3);
        Feed(two.Add, later, 2);

        RelationShift left = three.On([1, 0], [], []);

        Assert.Equal((two.Of(1), two.Of(0)), (left.Of(0), left.Of(1)), (a, b) => Math.Abs(a.Item1 - b.Item1) + Math.Abs(a.Item2 - b.Item2) < 1e-6);
        Feed(two.Add, Pair(100, 3, 0, 2), 2, 300);
        Feed(left.Add, Swapped(Pair(100, 3, 0, 2)), 2, 300);
        Assert.Equal(two.Of(1), left.Of(0), 6);
    }

    [Fact]
    public void RelationShift_FeatureJoins_WhatHasMovedStaysMovedAndTheNewOneIsWatched()
    {
        var shift = new RelationShift(2, TimeSpan.FromHours(6));
        shift.Anchor(Pair(2000, 1, 0, 0), Times(2000));
        double[] moved = Pair(300, 2, 0, 0.6); // a slow fault, so far
        Feed(shift.Add, moved, 2);
        double before = shift.Of(1);
        Assert.InRange(before, 1, 10);

        RelationShift joined = shift.On([0, 1, -1], Third(moved, 4), Times(300));
        Assert.InRange(joined.Of(1), before / 2, before);
        Assert.InRange(Math.Abs(joined.Of(2)), 0, 0.1);
        Feed(joined.Add, Third(Pair(300, 3, 0, 0.6), 5), 3, 300);
        Assert.InRange(joined.Of(1), before / 2, before + 0.3);
        Assert.InRange(Math.Abs(joined.Of(2)), 0, 0.3);
        Feed(joined.Add, [.. Third(Pair(300, 6, 0, 0.6), 7).Select((value, i) => i % 3 == 2 ? value + 1 : value)], 3, 600);
        Assert.True(joined.Of(2) > 2, $"What the new feature does alone does not show: {joined.Of(2):F2}.");
    }

    [Fact]
    public void RelationShift_ConstantFeatureJoins_SaysNothing()
    {
        var shift = new RelationShift(1, TimeSpan.FromHours(6));
        shift.Anchor(Wave(500, 1), Times(500));
        Feed(shift.Add, Wave(200, 2), 1);
        double[] rows = [.. Wave(200, 2).SelectMany(value => new[] { value, 7 })];

        RelationShift joined = shift.On([0, -1], rows, Times(200));

        Assert.Equal((shift.Of(0), 0), (joined.Of(0), joined.Of(1)), (a, b) => Math.Abs(a.Item1 - b.Item1) < 1e-9 && a.Item2 == b.Item2);
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

    /// <summary>A third feature, which follows the first.</summary>
    private static double[] Third(double[] pair, int seed)
    {
        double[] noise = Simulation.LogGaussian(pair.Length / 2, 0.1, seed);
        return [.. Enumerable.Range(0, pair.Length / 2).SelectMany(i => new[] { pair[2 * i], pair[2 * i + 1], 5 - pair[2 * i] + noise[i] })];
    }

    private static double[] Swapped(double[] pair) => [.. Enumerable.Range(0, pair.Length).Select(i => pair[i ^ 1])];

    private static long[] Times(int rows) => [.. Enumerable.Range(0, rows).Select(i => DateTime.UnixEpoch.Ticks + i * s_step)];

    private delegate void Take(long ticks, ReadOnlySpan<double> row);

    private static void Feed(Take take, double[] rows, int features, int first = 0)
    {
        for (int i = 0; i < rows.Length / features; i++)
            take(DateTime.UnixEpoch.Ticks + (first + i) * s_step, rows.AsSpan(i * features, features));
    }
}
