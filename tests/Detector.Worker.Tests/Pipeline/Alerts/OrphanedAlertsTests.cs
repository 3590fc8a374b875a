using Detector.Worker.Contracts;
using Detector.Worker.Deciding;
using Detector.Worker.Pipeline;
using Detector.Worker.Pipeline.Alerts;
using Detector.Worker.State;

namespace Detector.Worker.Tests.Pipeline.Alerts;

public sealed class OrphanedAlertsTests : IAlertReceiver
{
    private readonly SeriesState _series = Watched();

    [Fact]
    public void Resolve_SeriesThatHasComePastIt_EndsItOnceWithItsLastSample()
    {
        Alert open = Open();
        var orphans = new OrphanedAlerts([open]);

        Assert.Empty(orphans.Resolve(_series, open.UpdatedAt.UtcTicks));
        Alert resolved = Assert.Single(orphans.Resolve(_series, open.UpdatedAt.AddSeconds(3).UtcTicks));
        Assert.Equal((open.Id, AlertState.Resolved, open.Revision + 1), (resolved.Id, resolved.State, resolved.Revision));
        Assert.Equal((open.UpdatedAt.AddSeconds(3), open.UpdatedAt), (resolved.UpdatedAt, resolved.EndedAt));
        Assert.Empty(orphans.Resolve(_series, open.UpdatedAt.AddSeconds(4).UtcTicks));
    }

    [Fact]
    public void Resolve_ReplayThatTellsItAgain_LeavesItToItsJudge()
    {
        Alert open = Open();
        var orphans = new OrphanedAlerts([open]);
        orphans.Seen(open with { Revision = open.Revision + 1 });
        Assert.Empty(orphans.Resolve(_series, open.UpdatedAt.AddSeconds(3).UtcTicks));
    }

    [Fact]
    public void Resolve_EpisodeThatGoesOn_IsNotEnded()
    {
        Alert open = Open();
        var orphans = new OrphanedAlerts([open]);
        _series.Judge!.Judge(
            new Evidence
            {
                Ticks = open.UpdatedAt.AddSeconds(3).UtcTicks, Score = 1e6, Contributions = [1, 0, 0], Expected = [0, 0, 0], Values = [9, 9, 9], Scaler = _series.Model!.Scorer.Scaler,
            },
            this);
        Assert.NotNull(_series.Judge.Firing);
        Assert.Empty(orphans.Resolve(_series, open.UpdatedAt.AddSeconds(3).UtcTicks));
    }

    [Fact]
    public void Resolve_OtherSeries_AreLeftAlone()
    {
        Alert open = Open() with { Series = "other" };
        var orphans = new OrphanedAlerts([open]);
        Assert.Empty(orphans.Resolve(_series, open.UpdatedAt.AddHours(1).UtcTicks));
    }

    [Fact]
    public void Resolve_QualityAlertBesideAnAnomaly_EndsBoth()
    {
        Alert open = Open();
        var orphans = new OrphanedAlerts([open, open with { Id = "stuck", Kind = AlertKind.Quality, Reason = QualityReason.Stuck }]);
        Assert.Equal([open.Id, "stuck"], orphans.Resolve(_series, open.UpdatedAt.AddSeconds(3).UtcTicks).Select(alert => alert.Id));
    }

    /// <summary>The book may be behind the state: that the alert was over was told before the crash.</summary>
    [Theory]
    [InlineData(19, 1)]
    [InlineData(21, 0)]
    public void Resolve_StateOfALaterTimeThanTheAlert_KnowsThatItIsOver(int savedAt, int resolved)
    {
        _series.Status.Set(Rows.Time(savedAt).UtcTicks, 1, 2);
        SeriesState restored = Restored(_series);
        Assert.Equal(Rows.Time(savedAt).UtcTicks, restored.RestoredTicks);
        Assert.Equal(resolved, new OrphanedAlerts([Open()]).Resolve(restored, Rows.Time(30).UtcTicks).Count);
    }

    void IAlertReceiver.Accept(Alert alert)
    {
    }

    private static Alert Open() => Publishing.Http.Alerts.Firing("s", started: Rows.Time(0)) with { Pipeline = "p", UpdatedAt = Rows.Time(20) };

    /// <summary>A series with a model and nothing wrong.</summary>
    private static SeriesState Watched()
    {
        PipelineRuntime pipeline = TestPipeline.Create();
        SeriesState series = pipeline.TryCreateSeries("s", _ => { })!;
        series.Slot.Activate(pipeline.Live(TestPipeline.Learned));
        series.Follow(new StubOutput());
        return series;
    }

    /// <summary>The series as it comes back after a restart.</summary>
    private static SeriesState Restored(SeriesState series)
    {
        var home = new LanePartition(null);
        series.Home = home;
        var checkpoint = new Checkpoint(_ => { });
        checkpoint.Close([series], []);
        foreach (CheckpointStage stage in Enum.GetValues<CheckpointStage>())
            new CheckpointShare(stage).Begin(checkpoint);
        StateRecord record = Assert.Single(checkpoint.Records(home));
        byte[] bytes = new byte[record.Length];
        record.CopyTo(bytes);
        SeriesState restored = series.Pipeline.TryCreateSeries("s", _ => { })!;
        restored.Load(bytes, home, 0);
        return restored;
    }
}
