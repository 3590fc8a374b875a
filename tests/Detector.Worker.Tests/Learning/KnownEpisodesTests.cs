using Detector.Worker.Contracts;
using Detector.Worker.Learning;

namespace Detector.Worker.Tests.Learning;

public sealed class KnownEpisodesTests
{
    private static readonly float[] s_direction = [0.6f, -0.8f], s_other = [0.8f, 0.6f];
    private readonly KnownEpisodes _known = new(0.85f);

    [Fact]
    public void Excuses_ItsLikeWhileAsked_NothingElse()
    {
        Assert.False(Excuses(5));
        _known.Ask(DriftReason.Level, Episode(1, 5));

        Assert.True(_known.Any);
        Assert.True(Excuses(7));
        Assert.False(Excuses(8), "Much stronger is told.");
        Assert.False(_known.Excuses(s_other, 5, 0), "Another direction is told.");
        Assert.False(_known.IsNormal(Episode(2, 5)), "Nobody has said so yet.");

        _known.Withdraw(DriftReason.Level);
        Assert.False(Excuses(5));
    }

    [Fact]
    public void Excuses_WhatItWentThrough_NotOnlyItsPeak()
    {
        _known.Ask(DriftReason.Level, Episode(1, 5) with { Directions = [s_other, s_direction] });

        Assert.True(_known.Excuses(s_other, 5, 0));
        Assert.True(Excuses(5));
    }

    [Fact]
    public void Excuses_AnAlarmThatComesAndGoes_NotWhenItStays()
    {
        _known.Ask(DriftReason.Recurrence, Episode(1, 5)); // it lasted a tenth of a day

        Assert.True(_known.Excuses(s_direction, 5, TimeSpan.FromHours(9).Ticks));
        Assert.False(_known.Excuses(s_direction, 5, TimeSpan.FromHours(10).Ticks));
    }

    [Fact]
    public void Ask_EverStronger_IsToldAgainByHalfOfIt()
    {
        // Each time a little stronger than the last that was excused: the first one counts.
        int told = 0;
        for (int day = 0; day < 20; day++)
        {
            PastEpisode episode = Episode(day, 5 * Math.Pow(1.05, day));
            told += Excuses(episode.Peak) ? 0 : 1;
            _known.Ask(DriftReason.Level, episode);
        }

        Assert.Equal(3, told);
    }

    [Fact]
    public void Accept_IsNormalUntilNoneHasComeForWeeks()
    {
        _known.Ask(DriftReason.Level, Episode(1, 5));
        _known.Accept(DriftReason.Level, At(2));
        Assert.True(_known.IsNormal(Episode(3, 6)));

        _known.Review(At(29), [Episode(25, 6)], _ => false);
        _known.Review(At(50), [], _ => false);
        Assert.True(Excuses(6));
        _known.Review(At(54), [], _ => false);
        Assert.False(_known.Any);
    }

    [Fact]
    public void Review_ConfirmedToBeAFault_IsToldAgain()
    {
        _known.Ask(DriftReason.Level, Episode(1, 5));
        _known.Accept(DriftReason.Level, At(2));
        _known.Ask(DriftReason.Recurrence, Episode(3, 5) with { Direction = s_other, Directions = [s_other] });
        _known.Review(At(4), [], ticks => ticks == At(1));
        Assert.False(Excuses(5));
        Assert.True(_known.Excuses(s_other, 5, 0));
    }

    [Fact]
    public void SaveAndLoad_KnowTheSame()
    {
        _known.Ask(DriftReason.Level, Episode(1, 5));
        _known.Accept(DriftReason.Level, At(2));
        _known.Ask(DriftReason.Recurrence, Episode(3, 4) with { Direction = s_other, Directions = [s_other] });
        var bytes = new MemoryStream();
        using var writer = new BinaryWriter(bytes);
        _known.Save(writer);
        bytes.Position = 0;
        using var reader = new BinaryReader(bytes);
        var loaded = new KnownEpisodes(0.85f);
        loaded.Load(reader);

        Assert.Equal(bytes.Length, bytes.Position);
        Assert.True(loaded.IsNormal(Episode(5, 5)));
        Assert.True(loaded.Excuses(s_other, 4, 0));
        loaded.Withdraw(DriftReason.Recurrence);
        Assert.False(loaded.Excuses(s_other, 4, 0));
    }

    private bool Excuses(double score) => _known.Excuses(s_direction, score, 0);

    private static long At(double days) => new DateTime(2026, 1, 5, 0, 0, 0, DateTimeKind.Utc).AddDays(days).Ticks;

    private static PastEpisode Episode(int day, double peak) => new(At(day), At(day + 0.1), peak, 0.001, s_direction);
}
