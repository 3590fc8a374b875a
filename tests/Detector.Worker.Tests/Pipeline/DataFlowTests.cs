using System.Text.Json;
using Detector.Worker.Cli.Backtest;
using Detector.Worker.Contracts;
using Detector.Worker.Learning;
using Detector.Worker.Pipeline;

namespace Detector.Worker.Tests.Pipeline;

public sealed class DataFlowTests
{
    private const int Count = 420, FaultFrom = 330;

    private static string[] TwoSeries() =>
        [.. Rows.Messages("s", 0, Count, 1, FaultFrom).Zip(Rows.Messages("t", 0, Count, 2), (a, b) => new[] { a, b }).SelectMany(pair => pair)];

    [Fact]
    public void Run_OtherTimingAndBatches_SameScoresAndAlerts()
    {
        using TestFlow calm = new TestFlow(TestPipeline.Create(), new StubSource(TwoSeries()), maxBatch: 256).RunToEnd();
        using TestFlow hasty = new TestFlow(TestPipeline.Create(), new StubSource(TwoSeries()) { IdleAfterEach = 2 }, maxBatch: 3).RunToEnd();

        Assert.Equal(Count - TestPipeline.TrainRows, calm.Verdicts["s"].Count);
        Assert.Equal(calm.Verdicts["s"], hasty.Verdicts["s"]);
        Assert.Equal(calm.Verdicts["t"], hasty.Verdicts["t"]);
        Assert.Contains(calm.Alerts, alert => alert is { Series: "s", State: AlertState.Firing });
        // Those of one series come in order; which series comes first is a matter of timing.
        Assert.Equal(Texts(calm).Order(StringComparer.Ordinal), Texts(hasty).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Run_SameRowsAsABacktest_SameNumbersToTheBit()
    {
        string[] messages = [.. Rows.Messages("s", 0, Count, 1, FaultFrom)];
        using TestFlow flow = new TestFlow(TestPipeline.Create(Networks()), new StubSource(messages)).RunToEnd();

        PipelineOptions options = Networks();
        options.Training.Warmup = TrainingOptions.Endless;
        using var run = new BacktestRun(TestPipeline.Create(options), TestPipeline.Decoder(), "s") { TrainAfter = TestPipeline.TrainRows };
        foreach (string message in messages)
            run.TryAccept(new RawMessage(System.Text.Encoding.UTF8.GetBytes(message), default, "f", 0, 0, Receipt.None));
        run.Finish();

        Assert.Equal(run.Rows.Select(row => (row.Ticks, row.Verdict!.Value)), flow.Verdicts["s"]);
        Assert.Equal(run.Alerts.Select(Text), Texts(flow));

        static PipelineOptions Networks()
        {
            PipelineOptions options = TestPipeline.Options();
            options.Model.Networks = ["denoising", "variational", "linear"];
            options.Model.Hidden = [12];
            return options;
        }
    }

    [Fact]
    public void Run_ToTheEnd_FinishesEveryMessage()
    {
        var scores = new StubSink();
        var alerts = new StubSink();
        using TestFlow flow = new TestFlow(TestPipeline.Create(sinks: new PipelineSinks([alerts], [scores], [scores])), new StubSource(TwoSeries())).RunToEnd();

        Assert.Equal(2 * Count, flow.Source.Ledger.Begun);
        Assert.Empty(flow.Source.Ledger.Unfinished);
        Assert.Equal(2, flow.Training.Trained);
        Assert.Equal(2 * (Count - TestPipeline.TrainRows), scores.Records.Count(record => record.Kind == "score"));
        Assert.Contains(scores.Records, record => record.Kind == "threshold");
        Assert.Equal(flow.Alerts.Count, alerts.Records.Count);
    }

    [Fact]
    public void Run_SinkThatDoesNotDeliver_LeavesExactlyItsMessagesUnfinished()
    {
        var scores = new StubSink { IsStuck = true };
        string[] messages = [.. Rows.Messages("s", 0, 260)];
        using TestFlow flow = new TestFlow(TestPipeline.Create(sinks: new PipelineSinks([], [scores], [])), new StubSource(messages)).RunToEnd();

        Assert.Equal(Enumerable.Range(TestPipeline.TrainRows, 60), flow.Source.Ledger.Unfinished);
    }

    [Fact]
    public void Drain_WhileTraining_LeavesWhatWaitsForTheModelUnfinished()
    {
        var source = new StubSource([.. Rows.Messages("s", 0, 260)]) { StaysOpen = true };
        // The training is held up until the source has stopped.
        var training = new StubTraining { OnStart = () => source.Ended.Wait() };
        using var flow = new TestFlow(TestPipeline.Create(), source, training);
        flow.Start();
        Assert.True(source.HandedOver.Wait(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken));

        Assert.True(flow.Stop());

        Assert.Null(flow.Fault);
        Assert.Equal(Enumerable.Range(TestPipeline.TrainRows, 60), source.Ledger.Unfinished);
        Assert.Empty(flow.Verdicts);
    }

    [Fact]
    public void Run_EndOfInputWithinTraining_WaitsForItAndScoresTheRest()
    {
        var source = new StubSource([.. Rows.Messages("s", 0, 205)]);
        var training = new StubTraining { OnStart = () => source.Ended.Wait() };
        using TestFlow flow = new TestFlow(TestPipeline.Create(), source, training).RunToEnd();

        Assert.Equal(5, flow.Verdicts["s"].Count);
        Assert.Empty(source.Ledger.Unfinished);
    }

    [Fact]
    public void Run_FirstTrainingFails_TrainsAgainOnMore()
    {
        PipelineOptions options = TestPipeline.Options();
        options.Training.Warmup = TimeSpan.FromSeconds(60); // 53 windows, 11 too few
        using TestFlow flow = new TestFlow(TestPipeline.Create(options), new StubSource([.. Rows.Messages("s", 0, 150)])).RunToEnd();

        Assert.Equal((1, 1), (flow.Training.Failed, flow.Training.Trained));
        Assert.Equal(Rows.Time(90).UtcTicks, flow.Verdicts["s"][0].Ticks);
        Assert.Equal(60, flow.Verdicts["s"].Count);
        Assert.Empty(flow.Source.Ledger.Unfinished);
    }

    [Fact]
    public void Run_VerdictStageFails_StopsEverythingAndDrains()
    {
        using var flow = new TestFlow(TestPipeline.Create(), new StubSource(TwoSeries()) { StaysOpen = true }, maxBatch: 2) { FailAt = 3 };
        flow.Start();
        flow.WaitForFault();

        Assert.True(flow.Source.Ended.Wait(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken), "The source went on.");
        Assert.True(flow.Stop());
        Assert.IsType<InvalidOperationException>(flow.Fault);
        Assert.NotEmpty(flow.Source.Ledger.Unfinished);
    }

    [Fact]
    public void Run_ScoringFails_LetsALaneGoThatWaitsForRoom()
    {
        var timing = new StubTiming { BeforeScoring = () => throw new InvalidOperationException("Scoring broke.") };
        using var flow = new TestFlow(TestPipeline.Create(), new StubSource(TwoSeries()), timing: timing, maxBatch: 1);
        flow.Start();
        flow.WaitForFault();

        Assert.True(flow.Source.Ended.Wait(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken), "The source went on.");
        Assert.True(flow.Stop());
    }

    [Fact]
    public void Drain_NeverStarted_EndsAtOnce()
    {
        using var flow = new TestFlow(TestPipeline.Create(), new StubSource([]));
        Assert.True(flow.Stop());
    }

    [Fact]
    public void Run_LateWithinTheAllowance_SameScoresAsInOrder()
    {
        string[] ordered = [.. Rows.Messages("s", 0, 300)];
        string[] mixed = [.. ordered.Chunk(3).SelectMany(chunk => chunk.Reverse())];

        using TestFlow expected = new TestFlow(TestPipeline.Create(Late()), new StubSource(ordered)).RunToEnd();
        using TestFlow actual = new TestFlow(TestPipeline.Create(Late()), new StubSource(mixed)).RunToEnd();

        Assert.Equal(expected.Verdicts["s"], actual.Verdicts["s"]);
        Assert.Empty(actual.Source.Ledger.Unfinished);

        static PipelineOptions Late()
        {
            PipelineOptions options = TestPipeline.Options();
            options.Window.AllowedLateness = TimeSpan.FromSeconds(5);
            return options;
        }
    }

    private static string[] Texts(TestFlow flow) => [.. flow.Alerts.Select(Text)];

    private static string Text(Alert alert) => JsonSerializer.Serialize(alert with { Model = alert.Model with { Version = "" } });
}
