using Detector.Tests.Support;
using Detector.Worker.Contracts;
using Detector.Worker.Pipeline;

namespace Detector.Worker.Tests.Pipeline;

public sealed class SourceLaneTests
{
    [Fact]
    public void TryAccept_OneMessageOfEveryDropReason_FinishesAllAndTellsWhy()
    {
        PipelineOptions options = TestPipeline.Options();
        options.Series = "s*";
        options.MaxSeries = 1;
        options.MaxFeatures = 3;
        var bench = new LaneBench(TestPipeline.Create(options));
        bench.Send(Rows.Messages("s", 0, 3));
        string time = "\"timestamp\":\"2025-12-01T00:01:00Z\"";
        (DropReason Reason, string Payload)[] poison =
        [
            (DropReason.Empty, ""),
            (DropReason.TooLarge, new string('x', 5000)),
            (DropReason.Malformed, "{"),
            (DropReason.MissingSeries, $"{{{time},\"values\":{{\"a\":1}}}}"),
            (DropReason.MissingTimestamp, """{"id":"s","values":{"a":1}}"""),
            (DropReason.BadTimestamp, """{"id":"s","timestamp":"soon","values":{"a":1}}"""),
            (DropReason.TimestampPast, """{"id":"s","timestamp":"1970-01-01T00:00:00Z","values":{"a":1}}"""),
            (DropReason.TimestampFuture, """{"id":"s","timestamp":"2030-01-01T00:00:00Z","values":{"a":1}}"""),
            (DropReason.NoFeatures, $"{{\"id\":\"s\",{time},\"values\":{{\"a\":null}}}}"),
            (DropReason.FeatureLimit, $"{{\"id\":\"s\",{time},\"values\":{{\"unheard\":1}}}}"),
            (DropReason.SeriesLimit, $"{{\"id\":\"s2\",{time},\"values\":{{\"a\":1}}}}"),
            (DropReason.NoPipeline, $"{{\"id\":\"other\",{time},\"values\":{{\"a\":1}}}}"),
            (DropReason.Duplicate, Rows.Json("s", 2, [1, 2, 3])),
            (DropReason.Late, Rows.Json("s", 1, [1, 2, 3])),
        ];
        bench.Send(poison.Select(letter => letter.Payload));
        bench.Send(Rows.Messages("s", 3, 1));

        Assert.Equal(poison.Select(letter => letter.Reason), bench.DeadLetters.Reasons);
        Assert.Equal(poison.Length + 4, bench.Ledger.Begun);
        Assert.Empty(bench.Ledger.Unfinished);
    }

    [Fact]
    public void Lost_Messages_AreCountedAsReadAndDropped()
    {
        var bench = new LaneBench(TestPipeline.Create());
        bench.Lane.Lost(DropReason.Overload, 3);
        Assert.Equal(3, bench.Counters.Messages);
        Assert.Empty(bench.DeadLetters.Reasons);
    }

    [Fact]
    public void TryAccept_SomeSamplesOfAMessageUsable_NoDeadLetter()
    {
        var bench = new LaneBench(TestPipeline.Create());
        bench.Send([$"[{Rows.Json("s", 5, [1, 2, 3])},{Rows.Json("s", 4, [1, 2, 3])},{{}}]"]);
        Assert.Empty(bench.DeadLetters.Reasons);
        Assert.Empty(bench.Ledger.Unfinished);
    }

    [Fact]
    public void TryAccept_QueueFull_RefusesUntilThereIsRoomAndLosesNothing()
    {
        LaneBench bench = Active(maxBatch: 4, queued: 2);
        bench.Send(Rows.Messages("s", 0, 7 + 12)); // seven fill the window; two batches are queued and one is full
        Assert.False(bench.Offer(Rows.Json("s", 19, Rows.Values(19))));
        Assert.Equal(12 + 1, bench.Ledger.Unfinished.Count);

        Assert.Equal(8, bench.TakeAll().Count);
        bench.Send(Rows.Messages("s", 19, 1));
        bench.Lane.Flush();
        Assert.Equal(Times(15, 5), bench.TakeAll());
        Assert.Equal([19], bench.Ledger.Unfinished); // the refused message, which its source still owns
    }

    [Fact]
    public void TryAccept_MessageThatOverfillsTheQueue_IsTakenWholeAndTheNextRefused()
    {
        LaneBench bench = Active(maxBatch: 2, queued: 1);
        bench.Send([$"[{string.Join(',', Rows.Messages("s", 0, 7 + 9))}]"]);
        Assert.False(bench.Offer(Rows.Json("s", 16, Rows.Values(16))));

        var taken = new List<long>();
        for (int i = 0; i < 10; i++)
        {
            taken.AddRange(bench.TakeAll());
            bench.Lane.Idle();
            bench.Clock.Advance(TimeSpan.FromMilliseconds(10));
        }

        Assert.Equal(Times(7, 9), taken);
        Assert.Equal([1], bench.Ledger.Unfinished);
    }

    [Fact]
    public void Idle_WindowThatWaitsForOthers_IsSentAfterTheDelay()
    {
        LaneBench bench = Active(maxBatch: 100);
        bench.Send(Rows.Messages("s", 0, 8));
        bench.Lane.Idle();
        Assert.Equal(0, bench.Queue.Count);
        bench.Clock.Advance(TimeSpan.FromMilliseconds(5));
        bench.Lane.Idle();
        Assert.Equal(Times(7, 1), bench.TakeAll());
    }

    [Fact]
    public void TryAccept_WhileTraining_HoldsSamplesAndScoresThemInOrderWithTheModel()
    {
        PipelineRuntime pipeline = TestPipeline.Create();
        var bench = new LaneBench(pipeline, maxBatch: 4, queued: 1);
        bench.Send(Rows.Messages("s", 0, TestPipeline.TrainRows + 20));
        SeriesState series = Assert.Single(bench.Requests);
        Assert.True(bench.Lane.IsHolding);
        Assert.Equal(20, bench.Ledger.Unfinished.Count);

        series.Slot.Activate(pipeline.Live(TestPipeline.Learned));
        var taken = new List<long>();
        while (!bench.Offer(Rows.Json("s", 220, Rows.Values(220))))
            taken.AddRange(bench.TakeAll());
        taken.AddRange(bench.TakeAll());
        bench.Lane.Flush();
        taken.AddRange(bench.TakeAll());

        Assert.Equal(Times(200, 21), taken);
        Assert.False(bench.Lane.IsHolding);
    }

    [Fact]
    public void TryAccept_TrainingFailed_LearnsFromWhatWasHeld()
    {
        var bench = new LaneBench(TestPipeline.Create());
        bench.Send(Rows.Messages("s", 0, TestPipeline.TrainRows + 20));
        bench.Requests[0].Slot.Extend();
        bench.Lane.Idle();

        Assert.Empty(bench.Ledger.Unfinished);
        Assert.Equal(SlotPhase.Warming, bench.Requests[0].Slot.Phase);
        Assert.Equal(TestPipeline.TrainRows + 20, bench.Requests[0].Pool.Count);
        bench.Send(Rows.Messages("s", TestPipeline.TrainRows + 20, 81));
        Assert.Equal(2, bench.Requests.Count); // at 300 s
    }

    [Fact]
    public void Exhausted_SilentSeries_LetsItsHeldSamplesGoAndKeepsThoseOfTheOthers()
    {
        PipelineOptions options = TestPipeline.Options();
        options.Window.AllowedLateness = TimeSpan.FromSeconds(5);
        var bench = new LaneBench(TestPipeline.Create(options));
        bench.Send(Rows.Messages("silent", 0, 3));
        bench.Send(Rows.Messages("s", 0, 20));
        Assert.Equal([0, 1, 2, 18, 19, 20, 21, 22], bench.Ledger.Unfinished);

        bench.Lane.Exhausted();
        Assert.Equal([18, 19, 20, 21, 22], bench.Ledger.Unfinished);

        bench.Clock.Advance(TimeSpan.FromSeconds(6));
        bench.Lane.Exhausted();
        Assert.Empty(bench.Ledger.Unfinished);
    }

    [Fact]
    public void Flush_QueueAbandoned_Returns()
    {
        LaneBench bench = Active(maxBatch: 2, queued: 1);
        bench.Send(Rows.Messages("s", 0, 7 + 4));
        bench.Queue.Abandon();
        bench.Lane.Flush();
        Assert.Equal(4, bench.Ledger.Unfinished.Count);
    }

    [Fact]
    public void TryAccept_SteadyState_AllocatesNothing()
    {
        var decoder = new SampleDecoder();
        LaneBench bench = Active(maxBatch: 64, queued: 4, decoder);
        var message = new RawMessage(default, default, "topic", 0, 0, Receipt.None);
        void Accept()
        {
            Assert.True(bench.Offer(message));
            if (bench.Queue.Count == 4)
                Drain(bench);
        }

        for (int i = 0; i < 2000; i++)
            Accept();
        Assert.Equal(0, Allocations.Least(() =>
        {
            for (int i = 0; i < 5000; i++)
                Accept();
        }));
    }

    private static void Drain(LaneBench bench)
    {
        while (bench.Queue.Count > 0 && bench.Queue.TryTake(out PipelineBatch? batch))
            bench.Return(batch);
    }

    private static LaneBench Active(int maxBatch, int queued = 2, IDecoder? decoder = null)
    {
        PipelineRuntime pipeline = TestPipeline.Create();
        var bench = new LaneBench(pipeline, maxBatch, queued, decoder);
        pipeline.SlotOf("s").Activate(pipeline.Live(TestPipeline.Learned));
        return bench;
    }

    private static IEnumerable<long> Times(int first, int count) => Enumerable.Range(first, count).Select(row => Rows.Time(row).UtcTicks);

    /// <summary>Stands for a decoder that hands over the next row at each message.</summary>
    private sealed class SampleDecoder : IDecoder
    {
        private readonly DecodedSample _sample = new();
        private int _row;

        public DropReason Decode(in RawMessage message, ISampleSink sink)
        {
            _sample.Begin("s"u8);
            _sample.Ticks = Rows.Start.UtcTicks + _row++ * TimeSpan.TicksPerSecond;
            _sample.Add("a"u8, _row % 23);
            _sample.Add("b"u8, _row % 7);
            _sample.Add("c"u8, 1);
            sink.Accept(_sample);
            return DropReason.None;
        }
    }
}
