using System.Diagnostics;
using Detector.Models.Compute;
using Detector.Worker.Cli.Quickstart;
using Detector.Worker.Contracts;
using Detector.Worker.Hosting;
using Detector.Worker.Learning;
using Detector.Worker.Pipeline;
using Detector.Worker.Scoring;
using Detector.Worker.Telemetry;
using Detector.Worker.Windowing;
using Microsoft.Extensions.Logging.Abstractions;

namespace Detector.Benchmarks;

/// <summary>The whole pipeline in memory: JSON bytes in, verdicts out, with the service's own threads and queues.</summary>
internal static class PipelineBenchmark
{
    private const int SeriesCount = 64;
    private const int WarmupSamples = 400;
    private const int Samples = 10_000;
    private const int Settling = 2000; // samples of each series until every buffer has its size and all code is optimised

    public static void Run(Report report)
    {
        report.Table(
            $"Whole pipeline in memory: JSON bytes to verdict, {SeriesCount} series of 8 features, window 32, denoising + variational + linear for every sample",
            "models", "messages/s", "points/s", "CPU µs a message", "decode, window", "score", "decide", "bytes allocated a message", "resident MB");
        byte[][] messages = PlantMessages.Create(SeriesCount, WarmupSamples + Samples);
        foreach (string scope in (string[])["pipeline", "series"])
            Run(report, messages, scope);
    }

    private static void Run(Report report, byte[][] messages, string scope)
    {
        var options = new PipelineOptions
        {
            Sources = ["memory"],
            Window = new WindowOptions { Period = TimeSpan.FromSeconds(1), Length = TimeSpan.FromSeconds(32) },
            Model = new ModelOptions { Scope = scope },
            // A short training: the figure is of what comes after it.
            Training = new TrainingOptions { Warmup = TimeSpan.FromSeconds(WarmupSamples - 1), MaxSteps = 100 },
        };
        var metrics = new DetectorMetrics(ProcessMetrics.NewRegistry());
        var learner = new ModelLearner("bench", ModelSettingsFactory.Create(options), 1, null, ComputeDevice.Select("auto"), TimeProvider.System);
        var pipeline = new PipelineRuntime("bench", options, "", learner, PipelineSinks.None, metrics.Pipeline("bench"));
        var flowMetrics = new FlowMetrics(metrics, [pipeline], ["memory"], TimeProvider.System);
        var clock = new PipelineClock(pipeline, SeriesCount * (WarmupSamples + Settling), messages.Length);
        using var source = new MemorySource(messages, clock.Progress);
        var part = new SourcePart(source, (pool, queue, train) => new SourceLane(
            DecodeBenchmark.Json(), [pipeline], pool, queue, train, flowMetrics.Lane("memory"), NoDeadLetters.Instance, TimeProvider.System));
        var verdicts = new VerdictPublisher(TimeProvider.System, CancellationToken.None);
        using var flow = new DataFlow(
            new FlowParts([part], verdicts, new TrainingObserver(flowMetrics, NullLogger.Instance), flowMetrics, options.MaxBatch),
            (stage, error) => throw new InvalidOperationException(stage, error));
        flow.Start();
        while (!flow.IsFinished)
            Thread.Sleep(20);
        flow.Drain(TimeSpan.FromMinutes(1), TimeProvider.System);
        clock.Stop();
        double rate = clock.Messages / clock.Seconds;
        report.Row(
            scope == "pipeline" ? "one for all series" : "one for each series", Math.Round(rate), Math.Round(rate * PumpSimulator.Sensors.Count),
            clock.CpuSeconds * 1e6 / clock.Messages,
            clock.Microseconds("source memory"), clock.Microseconds("scoring"), clock.Microseconds("deciding"), Math.Round(clock.Bytes / (double)clock.Messages), Math.Round(Environment.WorkingSet / 1048576.0));
    }

    /// <summary>Starts to measure once every series has its model and the samples held back meanwhile are scored.</summary>
    private sealed class PipelineClock(PipelineRuntime pipeline, int from, int total)
    {
        private long _started;
        private TimeSpan _cpu;
        private long _bytes;
        private int _first;
        private StageTimes? _before, _after;

        public int Messages => total - _first;

        public double Seconds { get; private set; }

        public double CpuSeconds { get; private set; }

        public long Bytes { get; private set; }

        /// <summary>Processor time of a stage's thread, a message.</summary>
        public double Microseconds(string thread) => (_after!.Of(thread) - _before!.Of(thread)) * 1e6 / Messages;

        public void Progress(int message)
        {
            if (message == total - 1)
                _after = StageTimes.Now();
            if (_first > 0 || message < from)
                return;
            while (!pipeline.Series.All(series => series.Slot.Phase == SlotPhase.Active))
                Thread.Sleep(5);
            _first = message;
            _cpu = Process.GetCurrentProcess().TotalProcessorTime;
            _before = StageTimes.Now();
            _bytes = GC.GetTotalAllocatedBytes();
            _started = Stopwatch.GetTimestamp();
        }

        public void Stop()
        {
            Seconds = Stopwatch.GetElapsedTime(_started).TotalSeconds;
            CpuSeconds = (Process.GetCurrentProcess().TotalProcessorTime - _cpu).TotalSeconds;
            Bytes = GC.GetTotalAllocatedBytes() - _bytes;
        }
    }

    internal sealed class NoDeadLetters : IDeadLetters
    {
        public static readonly NoDeadLetters Instance = new();

        public void Accept(in RawMessage message, DropReason reason) =>
            throw new InvalidOperationException($"Message {message.Offset} was dropped: {reason}.");
    }
}
