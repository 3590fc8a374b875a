using Detector.Worker.Learning;

namespace Detector.Worker.Tests.Learning;

public sealed class EpisodeLogTests
{
    private static readonly float[] s_direction = [1, 0];

    [Fact]
    public void TakeMild_AsManyAsTheRateGrants_TheMildestFirst()
    {
        var log = new EpisodeLog();
        log.TakeMild(At(0), 1.0 / 7);
        Add(log, 1, 2, 0.02);
        Add(log, 3, 3, 0.1);
        Add(log, 5, 4, 0.05);

        Assert.Equal(3, Assert.Single(log.TakeMild(At(10), 1.0 / 7)).Peak);
        Assert.Empty(log.TakeMild(At(13), 1.0 / 7));
        Assert.Equal(4, Assert.Single(log.TakeMild(At(15), 1.0 / 7)).Peak);
        Assert.Equal(2, Assert.Single(log.Past).Peak);
    }

    [Fact]
    public void TakeMild_WhatNormalOperationNeverReaches_IsNeverTaken()
    {
        var log = new EpisodeLog();
        log.TakeMild(At(0), 1);
        Add(log, 1, 50, 1e-6);
        Assert.Empty(log.TakeMild(At(20), 1));
        Assert.Single(log.Past);
    }

    [Fact]
    public void TakeMild_YoungerThanADay_WaitsForAWordOfSomebody()
    {
        var log = new EpisodeLog();
        log.TakeMild(At(0), 1);
        Add(log, 2, 3, 0.1);
        Assert.Empty(log.TakeMild(At(2.5), 1));
        Assert.Single(log.TakeMild(At(3.5), 1));
    }

    [Fact]
    public void Forget_ConfirmedOrOld_IsGone()
    {
        var log = new EpisodeLog();
        Add(log, 1, 3, 0.1);
        Add(log, 5, 4, 0.1);
        log.Forget(At(6), ticks => ticks < At(2));
        Assert.Equal(4, Assert.Single(log.Past).Peak);
        log.Forget(At(40), _ => false);
        Assert.Empty(log.Past);
    }

    [Fact]
    public void SaveAndLoad_GoOnAlike()
    {
        EpisodeLog left = new(), right = new();
        left.TakeMild(At(0), 1);
        Add(left, 1, 3, 0.1);
        left.Add(At(2), true, 5, 0.2, s_direction);
        var bytes = new MemoryStream();
        using var writer = new BinaryWriter(bytes);
        left.Save(writer);
        bytes.Position = 0;
        using var reader = new BinaryReader(bytes);
        right.Load(reader);
        foreach (EpisodeLog log in (EpisodeLog[])[left, right])
            log.Add(At(2.1), false, 0, 0, s_direction);
        Assert.Equal(left.Past.Select(Text), right.Past.Select(Text));
        Assert.Equal(left.TakeMild(At(9), 1).Select(Text), right.TakeMild(At(9), 1).Select(Text));

        static string Text(PastEpisode episode) => $"{episode.FromTicks} {episode.ToTicks} {episode.Peak} {episode.PerDay} {string.Join(' ', episode.Direction)}";
    }

    private static long At(double days) => new DateTime(2026, 1, 5, 0, 0, 0, DateTimeKind.Utc).AddDays(days).Ticks;

    private static void Add(EpisodeLog log, double day, double peak, double perDay)
    {
        log.Add(At(day), true, peak / 2, 5, s_direction);
        log.Add(At(day + 0.01), true, peak, perDay, s_direction);
        log.Add(At(day + 0.02), true, peak / 2, 5, s_direction);
        log.Add(At(day + 0.03), false, 0, 0, s_direction);
    }
}
