using Detector.Worker.Contracts;
using Detector.Worker.Learning;
using Detector.Worker.Pipeline;

namespace Detector.Worker.Tests.Pipeline;

public sealed class ModelSlotTests
{
    private readonly StubOutput _output = new();

    [Fact]
    public void TryLearn_WarmupOver_AsksOnceAndHoldsFromThenOn()
    {
        SeriesState series = TestPipeline.Warm(TestPipeline.Create(), _output, TestPipeline.TrainRows);
        Assert.Equal(0, _output.Requests);
        Offer(series, 200, 202);
        Assert.Equal(1, _output.Requests);
        Assert.Equal(SlotPhase.Training, series.Slot.Phase);
        Assert.True(series.IsHolding);
        Assert.Equal(TestPipeline.TrainRows, series.Pool.Count);
    }

    [Fact]
    public void TryLearn_SharedByASilentSeries_WaitsForItHalfAsLongAgain()
    {
        PipelineRuntime pipeline = Shared();
        SeriesState silent = TestPipeline.Warm(pipeline, _output, 5, "silent");
        SeriesState series = TestPipeline.Warm(pipeline, _output, 300);
        Assert.Same(series.Slot, silent.Slot);
        Assert.Equal(0, _output.Requests);
        Offer(series, 300, 301);
        Assert.Equal(1, _output.Requests);
    }

    [Fact]
    public void Activate_SeriesThatJoinedMeanwhile_IsToldAndFollows()
    {
        PipelineRuntime pipeline = Shared();
        SeriesState series = TestPipeline.Warm(pipeline, _output, TestPipeline.TrainRows + 1);
        var told = new List<SeriesState>();
        SeriesState joined = pipeline.TryCreateSeries("joined", told.Add)!;
        for (int row = 0; row < 10; row++)
            joined.Offer(TestPipeline.Sample(row), Receipt.None, 0, _output, out _);
        Assert.True(joined.IsHolding);

        series.Slot.Activate(pipeline.Live(TestPipeline.Learned));
        SeriesState later = pipeline.TryCreateSeries("later", told.Add)!;

        Assert.Equal([joined, later], told);
        Assert.True(joined.Follow(_output));
        Assert.False(joined.IsHolding);
        Assert.Equal([7, 8, 9], _output.Scored.Select(scored => (scored.Ticks - Rows.Start.UtcTicks) / TimeSpan.TicksPerSecond));
    }

    [Fact]
    public void Follow_OutputFull_GoesOnWhereItStopped()
    {
        PipelineRuntime pipeline = TestPipeline.Create();
        SeriesState series = TestPipeline.Warm(pipeline, _output, TestPipeline.TrainRows + 10);
        series.Slot.Activate(pipeline.Live(TestPipeline.Learned));
        _output.Room = 3;
        Assert.False(series.Follow(_output));
        Assert.Equal(3, _output.Scored.Count);
        Offer(series, 210, 211);
        _output.Room = 100;
        Assert.True(series.Follow(_output));
        Assert.Equal(Enumerable.Range(200, 11).Select(row => Rows.Time(row).UtcTicks), _output.Scored.Select(scored => scored.Ticks));
    }

    [Fact]
    public void Extend_FullPool_ForgetsTheOlderHalf()
    {
        PipelineRuntime pipeline = TestPipeline.Create();
        SeriesState series = TestPipeline.Warm(pipeline, _output, 1);
        for (int i = 1; i < WarmupPool.MaxSamples; i++)
            series.Pool.Add(Rows.Start.UtcTicks + i, [i]);
        Offer(series, 1, 2);
        Assert.Equal(1, _output.Requests);

        series.Slot.Extend();
        Assert.True(series.Follow(_output));

        Assert.Equal(1, _output.Requests);
        Assert.False(series.IsHolding);
        Assert.Equal(WarmupPool.MaxSamples / 2 + 1, series.Pool.Count);
    }

    [Fact]
    public void Extend_FeatureSeenMeanwhile_IsLearned()
    {
        PipelineRuntime pipeline = TestPipeline.Create();
        SeriesState series = TestPipeline.Warm(pipeline, _output, TestPipeline.TrainRows + 1);
        series.Offer(Wider(201), Receipt.None, 0, _output, out int unknown);
        Assert.Equal(1, unknown);
        series.Slot.Extend();
        series.Follow(_output);
        series.Offer(Wider(202), Receipt.None, 0, _output, out unknown);
        Assert.Equal((0, 4), (unknown, series.Slot.Schema.Count));

        static DecodedSample Wider(int row)
        {
            DecodedSample sample = TestPipeline.Sample(row);
            sample.Add("d"u8, 1);
            return sample;
        }
    }

    [Fact]
    public void TryLearn_EndlessWarmup_NeverAsks()
    {
        PipelineOptions options = TestPipeline.Options();
        options.Training.Warmup = TrainingOptions.Endless;
        SeriesState series = TestPipeline.Warm(TestPipeline.Create(options), _output, 1);
        for (int i = 1; i <= WarmupPool.MaxSamples; i++)
            series.Pool.Add(Rows.Start.UtcTicks + i, [i]);
        Offer(series, 1, 3);
        Assert.Equal(0, _output.Requests);
    }

    [Fact]
    public void Replay_OfThePool_ShowsTheWindowsThatAreScoredLive()
    {
        PipelineRuntime pipeline = TestPipeline.Create();
        SeriesState learner = TestPipeline.Warm(pipeline, _output, 40);
        LiveModel model = pipeline.Live(TestPipeline.Learned);
        var replayed = new List<(long Ticks, double[] Window)>();
        new PoolReplay(learner.Slot.Schema.Names, model.Shape, [learner]).Replay((window, ticks, _) => replayed.Add((ticks, window.ToArray())));

        SeriesState live = pipeline.TryCreateSeries("live", _ => { })!;
        live.Slot.Activate(model);
        live.Follow(_output);
        for (int row = 0; row < 40; row++)
            live.Offer(TestPipeline.Sample(row), Receipt.None, 0, _output, out _);

        Assert.Equal(33, replayed.Count);
        Assert.Equal(_output.Scored.Select(scored => scored.Ticks), replayed.Select(window => window.Ticks));
        Assert.Equal(_output.Scored.SelectMany(scored => scored.Window), replayed.SelectMany(window => window.Window));
    }

    private static PipelineRuntime Shared()
    {
        PipelineOptions options = TestPipeline.Options();
        options.Model.Scope = "pipeline";
        return TestPipeline.Create(options);
    }

    private void Offer(SeriesState series, int from, int to)
    {
        for (int row = from; row < to; row++)
            series.Offer(TestPipeline.Sample(row), Receipt.None, 0, _output, out _);
    }
}
