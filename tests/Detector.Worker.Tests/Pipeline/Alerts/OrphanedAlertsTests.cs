using Detector.Worker.Contracts;
using Detector.Worker.Deciding;
using Detector.Worker.Pipeline;
using Detector.Worker.Pipeline.Alerts;

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
}
