using Detector.Worker.Contracts;
using Detector.Worker.Deciding;
using Detector.Worker.Deciding.Feedback;
using Detector.Worker.Deciding.Maintenance;
using Detector.Worker.Tests.Pipeline;

namespace Detector.Worker.Tests.Deciding;

public sealed class AlertLifeTests
{
    private readonly AlertOptions _options = new()
    {
        MergeGap = TimeSpan.FromSeconds(10), UpdateInterval = TimeSpan.FromSeconds(5), RepeatInterval = TimeSpan.Zero, CriticalFactor = 1e9,
    };

    [Theory]
    [InlineData(0, 3)]
    [InlineData(0.3, 1)]
    public void Judge_ScoreHoversAtTheThreshold_HysteresisMakesItOneEpisode(double hysteresis, int episodes)
    {
        _options.Hysteresis = hysteresis;
        JudgeBench bench = Feed((0, 1.1), (6, 0.8), (12, 1.1), (18, 0.8), (24, 1.1), (30, 0.5));
        Assert.Equal(episodes, bench.States.Count(state => state == AlertState.Firing));
    }

    [Fact]
    public void Judge_AlertGoesOnUnchanged_IsRepeatedAfterTheInterval()
    {
        _options.RepeatInterval = TimeSpan.FromSeconds(20);
        JudgeBench bench = Feed([.. Enumerable.Range(0, 50).Select(second => (second, 1.5))]);
        Assert.Equal([0, 20, 40], bench.Alerts.Select(alert => (int)(alert.UpdatedAt - JudgeBench.At(0)).TotalSeconds));
        Assert.Equal([AlertState.Firing, AlertState.Updated, AlertState.Updated], bench.States);
    }

    [Theory]
    [InlineData(1.5, Severity.Info)]
    [InlineData(3, Severity.Warning)]
    [InlineData(5, Severity.Critical)]
    public void Judge_TailProbability_GivesTheSeverity(double score, Severity severity)
    {
        (_options.WarningFactor, _options.CriticalFactor) = (10, 1000);
        Assert.Equal(severity, Feed((0, score)).Alerts[0].Severity);
    }

    [Theory]
    [InlineData(FeatureDirection.High, 0.6f, true)]
    [InlineData(FeatureDirection.High, -0.6f, false)]
    [InlineData(FeatureDirection.Low, -0.6f, true)]
    [InlineData(FeatureDirection.Low, 0.6f, false)]
    public void Judge_GuardedDirection_CountsOnlyDeviationsThatWay(FeatureDirection direction, float share, bool fires)
    {
        _options.Features["c"] = new FeatureGuardOptions { Direction = direction };
        var bench = new JudgeBench(_options);
        Verdict verdict = bench.Feed(0, 2, 0.3f, 0.1f, share);
        Assert.Equal((fires, fires ? 2 : 0.8), (verdict.Anomalous, Math.Round(verdict.Score, 6)));
    }

    [Theory]
    [InlineData(1.9, 0, true)]
    [InlineData(2.1, 0, false)]
    [InlineData(0, 1e6, false)]
    public void Judge_DeviationBelowTheLeastThatCounts_IsLeftOut(double least, double relative, bool fires)
    {
        _options.Features["?"] = new FeatureGuardOptions { MinDeviation = least, MinRelativeDeviation = relative };
        Assert.Equal(fires, new JudgeBench(_options).Feed(0, 3).Anomalous);
    }

    [Fact]
    public void Judge_ValueBeyondAPhysicalLimit_IsCriticalWhateverTheScoreAndStandsOnTop()
    {
        double expected = TestPipeline.Learned.Model.Scaler.Inverse(1, 0);
        _options.Features["b"] = new FeatureGuardOptions { Max = expected + 1 };
        var bench = new JudgeBench(_options);
        Assert.True(bench.Feed(0, 0.1).Anomalous);
        Alert alert = Assert.Single(bench.Alerts);
        Assert.Equal((Severity.Critical, "b", expected + 1), (alert.Severity, alert.Features[0].Name, alert.Features[0].Limit));
        Assert.False(bench.Feed(20, 0.1, 0.3f, -0.1f, 0.6f).Anomalous);
    }

    [Fact]
    public void Judge_SeriesFailTogether_ShareAGroupWhateverTheOrder()
    {
        _options.GroupWindow = TimeSpan.FromSeconds(30);
        JudgeBench a = new(_options, series: "a"), b = new(_options, series: "b"), c = new(_options, series: "c");
        b.Feed(20, 3);
        a.Feed(0, 3);
        c.Feed(60, 3);
        Assert.Equal(a.Alerts[0].Group, b.Alerts[0].Group);
        Assert.NotEqual(a.Alerts[0].Group, c.Alerts[0].Group);
        Assert.NotEqual(a.Alerts[0].Id, b.Alerts[0].Id);
    }

    [Fact]
    public void Judge_NoGroupWindow_IsAGroupOfItsOwn()
    {
        _options.GroupWindow = TimeSpan.Zero;
        var bench = new JudgeBench(_options);
        bench.Feed(0, 3);
        Assert.Equal(bench.Alerts[0].Id, bench.Alerts[0].Group);
    }

    [Fact]
    public void Judge_UnderMaintenance_IsNotToldAndWhatGoesOnAfterwardsBeginsThen()
    {
        MaintenanceSchedule schedule = new(new Dictionary<string, MaintenanceOptions>
        {
            ["wash"] = new() { From = JudgeBench.At(10), To = JudgeBench.At(30) },
        });
        var bench = new JudgeBench(_options, DecidingContext.None with { Maintenance = schedule });
        for (int second = 12; second < 40; second++)
            bench.Feed(second, 3);
        Assert.Equal([SuppressionReason.Maintenance], bench.Suppressions);
        Alert alert = Assert.Single(bench.Alerts);
        Assert.Equal((AlertState.Firing, JudgeBench.At(30)), (alert.State, alert.StartedAt));
    }

    [Fact]
    public void Judge_MaintenanceBegins_ResolvesTheAlert()
    {
        MaintenanceSchedule schedule = new(new Dictionary<string, MaintenanceOptions>
        {
            ["wash"] = new() { From = JudgeBench.At(10), To = JudgeBench.At(300) },
        });
        var bench = new JudgeBench(_options, DecidingContext.None with { Maintenance = schedule });
        for (int second = 5; second < 100; second++)
            bench.Feed(second, 3);
        Assert.Equal([AlertState.Firing, AlertState.Resolved], bench.States);
        Assert.Equal((DateTimeOffset?)JudgeBench.At(9), bench.Alerts[1].EndedAt);
    }

    [Fact]
    public void Load_InTheMiddleOfAnEpisode_GoesOnAsIfNothingHadBeen()
    {
        (int, double)[] first = [(0, 3), (3, 2)], rest = [(6, 5), (9, 0.5), (12, 6), (30, 0)];
        JudgeBench whole = Feed([.. first, .. rest]);

        JudgeBench before = Feed(first);
        using var bytes = new MemoryStream();
        before.Judge.Save(new BinaryWriter(bytes));
        bytes.Position = 0;
        var after = new JudgeBench(_options);
        after.Judge.Load(new BinaryReader(bytes));
        foreach ((int second, double score) in rest)
            after.Feed(second, score);

        Assert.Equal(bytes.Length, bytes.Position);
        Assert.Equal(whole.Alerts.Select(Text), before.Alerts.Concat(after.Alerts).Select(Text));

        static string Text(Alert alert) => System.Text.Json.JsonSerializer.Serialize(alert);
    }

    private JudgeBench Feed(params (int Second, double Score)[] scores)
    {
        var bench = new JudgeBench(_options);
        foreach ((int second, double score) in scores)
            bench.Feed(second, score);
        return bench;
    }
}
