using System.Diagnostics;
using Detector.Models.Compute;
using Detector.Worker.Cli.Quickstart;
using Detector.Worker.Contracts;
using Detector.Worker.Hosting;
using Detector.Worker.Ingestion;
using Detector.Worker.Learning;
using Detector.Worker.Pipeline;
using Detector.Worker.Scoring;
using Detector.Worker.Telemetry;
using Detector.Worker.Windowing;
using Microsoft.Extensions.Logging.Abstractions;

namespace Detector.Benchmarks;

/// <summary>
/// Messages out of a mosquitto on this machine: into the whole pipeline, into a loop that only counts them, with the same client, and into
/// mosquitto_sub. Each drains a session of its own that was filled while nobody read.
/// </summary>
internal static class MqttBenchmark
{
    private const int SeriesCount = 64;
    private const int WarmupSamples = 400;
    private const int Samples = 1000;
    private const int Messages = SeriesCount * Samples;

    public static void Run(Report report)
    {
        byte[][] payloads = PlantMessages.Create(SeriesCount, WarmupSamples + Samples);
        report.Table(
            $"MQTT through mosquitto: {Messages:N0} JSON messages of {payloads[0].Length} bytes, {SeriesCount} series of 8 features",
            "QoS", "reader", "messages/s", "CPU µs a message", "bytes allocated a message");
        foreach (int qos in (int[])[0, 1])
        {
            using var broker = new FilledBroker(qos, ["warm-up", "rehearsal", "outside", "loop", "pipeline"], [.. payloads.Skip(SeriesCount * WarmupSamples)]);
            broker.Loop("warm-up");
            Row(report, qos, "mosquitto_sub", broker.Outside("outside"), null);
            Measured(report, qos, "subscribe-only loop, same client", () => broker.Loop("loop"));
            // Once before it counts, so that its code is compiled.
            byte[][] warmup = [.. payloads.Take(SeriesCount * WarmupSamples)];
            Pipeline(broker.Source("rehearsal"), warmup, read => read());
            Pipeline(broker.Source("pipeline"), warmup, read => Measured(report, qos, "whole pipeline, JSON to verdict, acknowledged when finished", read));
        }
    }

    private static void Measured(Report report, int qos, string reader, Func<TimeSpan> read)
    {
        TimeSpan cpu = Process.GetCurrentProcess().TotalProcessorTime;
        long bytes = GC.GetTotalAllocatedBytes();
        TimeSpan time = read();
        Row(report, qos, reader, time, (Process.GetCurrentProcess().TotalProcessorTime - cpu, GC.GetTotalAllocatedBytes() - bytes));
    }

    private static void Row(Report report, int qos, string reader, TimeSpan time, (TimeSpan Cpu, long Bytes)? cost) => report.Row(
        qos, reader, Math.Round(Messages / time.TotalSeconds),
        cost is { } spent ? spent.Cpu.TotalMicroseconds / Messages : "", cost is { } used ? Math.Round(used.Bytes / (double)Messages) : "");

    /// <summary>One model for all series, trained from memory before the first message is read.</summary>
    private static void Pipeline(ISource messages, byte[][] warmup, Action<Func<TimeSpan>> measured)
    {
        var options = new PipelineOptions
        {
            Sources = ["mqtt"],
            Window = new WindowOptions { Period = TimeSpan.FromSeconds(1), Length = TimeSpan.FromSeconds(32) },
            Model = new ModelOptions { Scope = "pipeline" },
            Training = new TrainingOptions { Warmup = TimeSpan.FromSeconds(WarmupSamples - 50), MaxSteps = 100 },
        };
        var metrics = new DetectorMetrics(ProcessMetrics.NewRegistry());
        var learner = new ModelLearner("bench", ModelSettingsFactory.Create(options), 1, null, ComputeDevice.Select("auto"), TimeProvider.System);
        var pipeline = new PipelineRuntime("bench", options, "", learner, PipelineSinks.None, metrics.Pipeline("bench"));
        var flowMetrics = new FlowMetrics(metrics, [pipeline], ["mqtt"], TimeProvider.System);
        using var source = new WarmedSource(
            warmup, () => pipeline.Series.All(series => series.Slot.Phase == SlotPhase.Active && !series.IsHolding), messages, Messages);
        var part = new SourcePart(source, (pool, queue, train) => new SourceLane(
            DecodeBenchmark.Json(), [pipeline], pool, queue, train, flowMetrics.Lane("mqtt"), PipelineRun.NoDeadLetters.Instance, TimeProvider.System));
        using var flow = new DataFlow(
            new FlowParts([part], new VerdictPublisher(TimeProvider.System, CancellationToken.None), new TrainingObserver(flowMetrics, NullLogger.Instance), flowMetrics, options.MaxBatch),
            (stage, error) => throw new InvalidOperationException(stage, error));
        flow.Start();
        source.Warmed.Wait();
        measured(() =>
        {
            long started = Stopwatch.GetTimestamp();
            source.Begin.Set();
            while (!flow.IsFinished)
                Thread.Sleep(5);
            flow.Drain(TimeSpan.FromMinutes(1), TimeProvider.System);
            return Stopwatch.GetElapsedTime(started);
        });
    }
}
