using Detector.Models.Artifacts;
using Detector.Worker.Contracts;
using Detector.Worker.Learning;
using Detector.Worker.Pipeline;

namespace Detector.Worker.Tests.Pipeline;

/// <summary>Going back: durable at once, in force with the next sample, and the same after a restart.</summary>
public sealed class ModelDeskTests : IDisposable
{
    private readonly TemporaryDirectory _directory = new();
    private readonly ArtifactStore _store;
    private readonly PipelineRuntime _pipeline;
    private readonly ModelDesk _desk;
    private readonly StubOutput _output = new();
    private readonly SeriesState _series;
    private readonly string _first;
    private readonly string _second;

    public ModelDeskTests()
    {
        _store = new ArtifactStore(Path.Combine(_directory.Path, "models"));
        PipelineOptions options = TestPipeline.Options();
        options.Training.Retrain.Every = TimeSpan.FromMinutes(5);
        _pipeline = TestPipeline.Create(options, _store, clock: TimeProvider.System);
        _desk = new ModelDesk([_pipeline], TimeProvider.System);
        _series = TestPipeline.Warm(_pipeline, _output, TestPipeline.TrainRows);
        _series.Slot.Complete();
        _first = ModelTraining.Train(_pipeline, _series.Slot, null, CancellationToken.None).Version;
        LearnedModel second = ModelTraining.Train(_pipeline, _series.Slot, null, CancellationToken.None);
        _second = second.Version;
        _series.Slot.Activate(_pipeline.Live(second));
        _series.Follow(_output);
        Offer(TestPipeline.TrainRows);
    }

    public void Dispose() => _directory.Dispose();

    [Fact]
    public void Serve_NoVersion_TheOneBeforeScoresTheNextSampleAndServesAfterARestart()
    {
        Assert.Equal(_second, _series.Model!.Version);

        Assert.Null(_desk.Serve("p", "s", null, "test"));
        Offer(TestPipeline.TrainRows + 1);

        Assert.Equal(_first, _series.Model!.Version);
        Assert.Equal(_first, _store.Versions("p", "s")[0]);
        ModelDecision decision = Assert.Single(_desk.Decisions("p", "s")!);
        Assert.Equal((ModelDecision.RolledBack, _second, _first), (decision.Outcome, decision.Champion, decision.Challenger));
        Assert.Equal(Rows.Time(TestPipeline.TrainRows).UtcTicks, decision.ReviewTicks); // the last sample that the version before scored
        Assert.Equal(_first, TestPipeline.Create(_pipeline.Options, _store).SlotOf("s").Model!.Version);
    }

    [Fact]
    public void Serve_AndBackAgain_TheNewerVersionServes()
    {
        Assert.Null(_desk.Serve("p", "s", _first, "test"));
        Offer(TestPipeline.TrainRows + 1);
        Assert.Null(_desk.Serve("p", "s", _second, "test"));
        Offer(TestPipeline.TrainRows + 2);

        Assert.Equal((_second, _second), (_series.Model!.Version, _store.Versions("p", "s")[0]));
        Assert.Contains("serves already", _desk.Serve("p", "s", _second, "test"), StringComparison.Ordinal);
    }

    [Fact]
    public void Serve_WhatIsNotThere_SaysSo()
    {
        Assert.Contains("no such model", _desk.Serve("p", "other", null, "test"), StringComparison.Ordinal);
        Assert.NotNull(_desk.Serve("p", "s", "v9", "test"));
        Assert.Null(_desk.Serve("p", "s", null, "test"));
        Offer(TestPipeline.TrainRows + 1);
        Assert.Contains("no version before", _desk.Serve("p", "s", null, "test"), StringComparison.Ordinal);
        Assert.Null(_desk.Decisions("p", "other"));
    }

    [Fact]
    public void Retrain_NextSample_MarksAReview()
    {
        Assert.Null(_desk.Retrain("p", "s"));
        Assert.Contains("no such model", _desk.Retrain("q", "s"), StringComparison.Ordinal);
    }

    private void Offer(int row) => Assert.Equal(DropReason.None, _series.Offer(TestPipeline.Sample(row), Receipt.None, 0, _output, out _));
}
