using System.Text;
using Detector.Worker.Contracts;
using Detector.Worker.Pipeline;

namespace Detector.Worker.Tests.Pipeline;

public sealed class SourceLaneSilenceTests
{
    [Fact]
    public void TryAccept_SeriesStaysBehindTheOthers_IsSilentSinceItsLastSample()
    {
        LaneBench bench = Bench(out SeriesState[] series, "s", "t");
        Send(bench, "s", 0, 20);
        Send(bench, "t", 0, 300);

        (string key, QualitySignal signal) = Assert.Single(bench.Signals);
        Assert.Equal("s", key);
        Assert.Equal((QualityReason.Silent, false, Rows.Time(19).UtcTicks, Rows.Time(19 + 60).UtcTicks), (signal.Reason, signal.IsOver, signal.StartedTicks, signal.Ticks));
        Assert.True(series[0].IsSilent);
        Assert.False(series[1].IsSilent);
        Assert.Empty(bench.Ledger.Unfinished);

        Send(bench, "s", 300, 301);
        Assert.Equal((QualityReason.Silent, true, Rows.Time(300).UtcTicks), (bench.Signals[1].Signal.Reason, bench.Signals[1].Signal.IsOver, bench.Signals[1].Signal.Ticks));
        Assert.False(series[0].IsSilent);
    }

    [Fact]
    public void TryAccept_SeriesStaysBehindWithSamplesHeld_LetsThemGoFirst()
    {
        LaneBench bench = Bench(out _, TimeSpan.FromSeconds(5), "s", "t");
        Send(bench, "s", 0, 20);
        List<long> scored = Send(bench, "t", 0, 300);
        Assert.Contains(Rows.Time(19).UtcTicks, scored);
        Assert.Equal(Rows.Time(19).UtcTicks, Assert.Single(bench.Signals).Signal.StartedTicks);
        Assert.Equal(5, bench.Ledger.Unfinished.Count); // those that t holds back
    }

    [Fact]
    public void TryAccept_OneClockJumpsAhead_CallsTheOthersNotSilent()
    {
        LaneBench bench = Bench(out _, "s", "t");
        for (int second = 0; second < 400; second++)
        {
            Send(bench, "s", second, second + 1);
            int shown = second < 200 ? second : second + 3600;
            Send(bench, "t", shown, shown + 1);
        }

        Assert.All(bench.Signals, found => Assert.Equal("t", found.Series)); // whose own samples leave out an hour
    }

    [Fact]
    public void TryAccept_AnotherPartitionIsAhead_CallsNobodySilent()
    {
        LaneBench bench = Bench(out _, "s", "t");
        Send(bench, "s", 0, 20);
        var other = new ClaimLedger();
        for (int second = 0; second < 1000; second++)
        {
            bench.Offer(new RawMessage(Encoding.UTF8.GetBytes(Rows.Json("t", second, Rows.Values(second))), default, "topic", 1, second, other.Begin()));
            bench.TakeAll();
        }

        Assert.Empty(bench.Signals);
    }

    [Fact]
    public void Idle_WholeSourceWithoutMessages_IsSilentByTheClock()
    {
        LaneBench bench = Bench(out _, TimeSpan.FromSeconds(5), "s", "t");
        Send(bench, "s", 0, 20);
        Send(bench, "t", 0, 20);
        Wait(bench, 55);
        Assert.Empty(bench.Signals);
        Wait(bench, 10);
        Assert.Equal([("s", Rows.Time(79).UtcTicks), ("t", Rows.Time(79).UtcTicks)], bench.Signals.Select(found => (found.Series, found.Signal.Ticks)).Order());
        Assert.Empty(bench.Ledger.Unfinished);
    }

    [Fact]
    public void Idle_SourceCutOff_IsNoSilenceUntilItHasBeenInTouchForThatLong()
    {
        LaneBench bench = Bench(out _, "s");
        Send(bench, "s", 0, 20);
        Wait(bench, 50);
        for (int second = 0; second < 300; second++)
        {
            bench.Lane.CutOff();
            Wait(bench, 1);
        }

        Wait(bench, 55);
        Assert.Empty(bench.Signals);
        Wait(bench, 10);
        Assert.Equal(Rows.Time(79).UtcTicks, Assert.Single(bench.Signals).Signal.Ticks);
    }

    [Fact]
    public void Idle_NoRoomInTheQueue_IsNoSilence()
    {
        LaneBench bench = Bench(out _, "s");
        foreach (string message in Rows.Messages("s", 0, 300))
            bench.Offer(message); // until the queue is full
        for (int i = 0; i < 100; i++)
        {
            bench.Clock.Advance(TimeSpan.FromSeconds(1));
            bench.Lane.Idle();
        }

        bench.TakeAll();
        bench.Lane.Idle();
        bench.Clock.Advance(TimeSpan.FromSeconds(30));
        bench.Lane.Idle();
        bench.TakeAll();
        Assert.Empty(bench.Signals);
    }

    [Fact]
    public void Exhausted_MessagesThatCannotBeBegun_AreNoSilence()
    {
        LaneBench bench = Bench(out _, "s");
        Send(bench, "s", 0, 20);
        for (int second = 0; second < 300; second++)
        {
            bench.Lane.Exhausted();
            Wait(bench, 1);
        }

        Assert.Empty(bench.Signals);
        Wait(bench, 65);
        Assert.Single(bench.Signals);
    }

    [Fact]
    public void Idle_BehindAPauseOfTheProcess_IsNoSilenceSinceNobodyHasLooked()
    {
        LaneBench bench = Bench(out _, "s");
        Send(bench, "s", 0, 20);
        for (int pause = 0; pause < 30; pause++)
        {
            bench.Clock.Advance(TimeSpan.FromMinutes(10));
            bench.Lane.Idle();
        }

        bench.TakeAll();
        Assert.Empty(bench.Signals);
        Send(bench, "s", 20, 21);
        Wait(bench, 65);
        Assert.Single(bench.Signals);
    }

    [Fact]
    public void EndOfInput_WhileModelsAreInTraining_IsNoSilenceOfThoseThatHaveOne()
    {
        LaneBench bench = Bench(out _, "s");
        Send(bench, "s", 0, 20);
        bench.Lane.EndOfInput();
        Wait(bench, 300);
        Assert.Empty(bench.Signals);
    }

    [Fact]
    public void Revoked_PartitionOfASeries_IsNoSilence()
    {
        LaneBench bench = Bench(out _, "s");
        Send(bench, "s", 0, 20);
        bench.Lane.Revoked(bench.Ledger);
        Wait(bench, 100);
        Assert.Empty(bench.Signals);
        Send(bench, "s", 20, 21);
        Wait(bench, 100);
        Assert.Single(bench.Signals);
    }

    [Fact]
    public void TryAccept_NumberBecomesText_IsTheWrongTypeUntilItIsANumberAgain()
    {
        LaneBench bench = Bench(out _, "s");
        for (int second = 0; second < 120; second++)
        {
            string row = Rows.Json("s", second, [Math.Sin(second), Math.Cos(second), 1.5]);
            bench.Offer(second is < 20 or >= 110 ? row : row.Replace("1.5", "\"broken\"", StringComparison.Ordinal));
            bench.TakeAll();
        }

        bench.Lane.Flush();
        bench.TakeAll();
        Assert.Equal(["c", "c"], bench.Signals.Select(found => found.Signal.Feature));
        Assert.Equal([false, true], bench.Signals.Select(found => found.Signal.IsOver));
        Assert.All(bench.Signals, found => Assert.Equal((QualityReason.WrongType, Rows.Time(19).UtcTicks), (found.Signal.Reason, found.Signal.StartedTicks)));
        Assert.Empty(bench.Ledger.Unfinished);
    }

    [Fact]
    public void TryAccept_UnknownFeature_IsToldOnce()
    {
        LaneBench bench = Bench(out _, "s");
        for (int second = 0; second < 30; second++)
        {
            string known = Rows.Json("s", second, Rows.Values(second));
            bench.Offer(second < 15 ? known : known.Replace("}}", ",\"humidity\":40}}", StringComparison.Ordinal));
        }

        bench.Lane.Flush();
        bench.TakeAll();
        Assert.Equal(["humidity", "humidity"], bench.Signals.Select(found => found.Signal.Feature));
        Assert.Equal([false, true], bench.Signals.Select(found => found.Signal.IsOver));
    }

    private static LaneBench Bench(out SeriesState[] series, params string[] keys) => Bench(out series, TimeSpan.Zero, keys);

    private static LaneBench Bench(out SeriesState[] series, TimeSpan lateness, params string[] keys)
    {
        PipelineOptions options = TestPipeline.Options();
        options.Window.AllowedLateness = lateness;
        PipelineRuntime pipeline = TestPipeline.Create(options);
        foreach (string key in keys)
            pipeline.SlotOf(key).Activate(pipeline.Live(TestPipeline.Learned));
        var bench = new LaneBench(pipeline, maxBatch: 16, queued: 4);
        foreach (string key in keys)
            bench.Offer(Rows.Json(key, -1, Rows.Values(0)));
        series = [.. keys.Select(key => pipeline.Series.Single(one => one.Key == key))];
        return bench;
    }

    /// <summary>Sends rows of a series and takes all that comes of them.</summary>
    private static List<long> Send(LaneBench bench, string key, int from, int to)
    {
        var scored = new List<long>();
        foreach (string message in Rows.Messages(key, from, to - from))
        {
            Assert.True(bench.Offer(message));
            scored.AddRange(bench.TakeAll());
        }

        bench.Clock.Advance(TimeSpan.FromMilliseconds(10));
        bench.Lane.Idle();
        scored.AddRange(bench.TakeAll());
        return scored;
    }

    private static void Wait(LaneBench bench, int seconds)
    {
        for (int i = 0; i < seconds; i++)
        {
            bench.Clock.Advance(TimeSpan.FromSeconds(1));
            bench.Lane.Idle();
            bench.TakeAll();
        }
    }
}
