using Detector.Worker.Contracts;
using Detector.Worker.Learning;

namespace Detector.Worker.Tests.Learning;

public sealed class FeatureWatchTests
{
    private const long Minute = TimeSpan.TicksPerMinute;
    private const double N = double.NaN;
    private static readonly TimeSpan s_learn = TimeSpan.FromHours(5), s_letGo = TimeSpan.FromHours(3);
    private readonly FeatureWatch _watch = Create();
    private long _now = 1_000_000 * Minute;

    [Fact]
    public void Answer_NewFeatureThereLongEnough_IsLearned()
    {
        _watch.Use(["a", "b"], ["x"], null, _now);
        Hours(4, _ => [1, 2, 3]);
        Assert.StartsWith("x is new, there in 100 %", _watch.Review()!.Value.Message, StringComparison.Ordinal);
        Assert.False(Answer());

        Hours(2, _ => [1, 2, 3]);
        _watch.Review();
        Assert.False(_watch.Answer(_now, null, _ => false)); // too little to learn from
        Assert.True(Answer());
        Assert.False(Answer()); // it is answered already
        Assert.Equal(["a", "b", "x"], _watch.Target);
        Assert.InRange(_watch.LearnSince, 1_000_000 * Minute, 1_000_001 * Minute);
    }

    [Fact]
    public void Answer_SomebodyHasSaid_CountsAtOnceOrNever()
    {
        _watch.Use(["a"], ["x"], null, _now);
        Hours(1, _ => [1, 3]);
        _watch.Review();
        Assert.True(_watch.Answer(_now, FeedbackVerdict.NewNormal, _ => true));

        Hours(24, _ => [1, 3]);
        _watch.Review();
        Assert.False(_watch.Answer(_now, FeedbackVerdict.Confirmed, _ => true));
        Assert.Equal(["a"], _watch.Target);
    }

    [Fact]
    public void Review_FeatureThatComesNowAndThen_IsNeverAskedAbout()
    {
        _watch.Use(["a"], ["x"], null, _now);
        for (int hour = 0; hour < 24; hour++)
        {
            Hours(1, minute => [1, minute % 5 == 0 ? 3 : N]);
            Assert.Null(_watch.Review());
            Assert.False(Answer());
        }
    }

    [Fact]
    public void Answer_FeatureStaysAway_IsLetGo_UnlessItComesBack()
    {
        _watch.Use(["a", "b"], [], null, _now);
        Hours(1, _ => [1, 2]);
        Assert.Null(_watch.Review());
        Hours(2, _ => [1, N]);
        Assert.StartsWith("b is there in 0 %", _watch.Review()!.Value.Message, StringComparison.Ordinal);
        Assert.False(Answer());
        Hours(2, _ => [1, N]);
        _watch.Review();
        Assert.True(Answer());
        Assert.Equal(["a"], _watch.Target);

        Hours(1, _ => [1, 2]);
        Assert.Null(_watch.Review());
        Assert.False(Answer());
        Assert.Equal(["a", "b"], _watch.Target);
    }

    [Fact]
    public void Answer_FeatureThatComesRarely_WaitsThreeTimesItsLongestAbsence()
    {
        var baseline = new StreamBaseline(Minute, [new(Minute, Minute, true), new(Minute, 120 * Minute, true)]);
        _watch.Use(["a", "b"], [], baseline, _now);
        Hours(5, _ => [1, N]);
        _watch.Review();
        Assert.False(Answer());
        Hours(2, _ => [1, N]);
        _watch.Review();
        Assert.True(Answer());
    }

    [Fact]
    public void Review_OneMessageAFeature_CountsTimeSteps()
    {
        _watch.Use([.. Enumerable.Range(0, 20).Select(f => $"f{f}")], [], null, _now);
        for (int minute = 0; minute < 60; minute++, _now += Minute)
        {
            for (int f = 0; f < 20; f++)
                _watch.Add(_now, [.. Enumerable.Range(0, 20).Select(other => other == f ? 1 : N)]);
        }

        Assert.Null(_watch.Review());
    }

    [Fact]
    public void Answer_ModelsThatKeepTheirFeatures_TellAndStay()
    {
        var watch = new FeatureWatch(Minute, s_learn, s_letGo, answers: false);
        watch.Use(["a", "b"], [], null, _now);
        for (int minute = 0; minute < 3000; minute++)
            watch.Add(_now += Minute, [1, N]);
        Assert.Equal("b is there in 0 % of the time steps.", watch.Review()!.Value.Message);
        Assert.False(watch.Answer(_now, null, _ => true));
    }

    [Fact]
    public void Use_BackToAModelWithoutAFeature_ItsTimeBeginsAnew()
    {
        _watch.Use(["a"], ["x"], null, _now);
        Hours(6, _ => [1, 3]);
        _watch.Review();
        Assert.True(Answer());
        _watch.Use(["a", "x"], [], null, _now);
        Hours(1, _ => [1, 3]);
        _watch.Use(["a"], ["x"], null, _now);
        Hours(2, _ => [1, 3]);
        Assert.NotNull(_watch.Review());
        Assert.False(Answer());
    }

    [Fact]
    public void Load_WhatWasSaved_GoesOnTheSame()
    {
        _watch.Use(["a", "b"], ["x"], null, _now);
        Hours(2, minute => [1, minute < 60 ? 2 : N, 3]);
        _watch.Review();
        Hours(1, _ => [1, N, 3]);
        using var bytes = new MemoryStream();
        using var writer = new BinaryWriter(bytes);
        _watch.Save(writer);
        writer.Flush();
        bytes.Position = 0;
        FeatureWatch loaded = Create();
        loaded.Use(["a", "b"], [], null, 0);
        using var reader = new BinaryReader(bytes);
        loaded.Load(reader);

        for (int minute = 0; minute < 300; minute++)
        {
            _watch.Add(_now += Minute, [1, N, 3]);
            loaded.Add(_now, [1, N, 3]);
        }

        Assert.Equal(_watch.Review(), loaded.Review());
        Assert.Equal(Answer(), loaded.Answer(_now, null, _ => true));
        Assert.Equal(["a", "x"], loaded.Target);
        Assert.Equal(_watch.LearnSince, loaded.LearnSince);
    }

    private static FeatureWatch Create() => new(Minute, s_learn, s_letGo, answers: true);

    private bool Answer() => _watch.Answer(_now, null, _ => true);

    private void Hours(int hours, Func<int, double[]> row)
    {
        for (int minute = 0; minute < 60 * hours; minute++, _now += Minute)
            _watch.Add(_now, row(minute));
    }
}
