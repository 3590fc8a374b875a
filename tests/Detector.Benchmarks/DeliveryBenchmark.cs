using System.Diagnostics;
using Detector.Models.Artifacts;
using Detector.Models.Compute;
using Detector.Worker.Contracts;
using Detector.Worker.Hosting;
using Detector.Worker.Learning;
using Detector.Worker.Pipeline;
using Detector.Worker.Scoring;
using Detector.Worker.State;
using Detector.Worker.Telemetry;
using Detector.Worker.Windowing;
using Microsoft.Extensions.Logging.Abstractions;

namespace Detector.Benchmarks;

/// <summary>What exact resume costs with ten thousand series: the size of a snapshot, how long scoring stands still for it, and the way back.</summary>
internal static class DeliveryBenchmark
{
    private const int SeriesCount = 10_000;
    private const int TrainingSeries = 16, TrainingSamples = 400;
    private const int Rows = 40; // a window of 32, and some more

    public static void Run(Report report)
    {
        string directory = Directory.CreateTempSubdirectory("detector-bench-").FullName;
        try
        {
            Train(directory);
            byte[][] messages = PlantMessages.Create(SeriesCount, Rows);
            report.Table(
                $"Snapshots of {SeriesCount} series of 8 features, window 32, denoising + variational + linear, one model for all; all series change between two",
                "snapshots", "messages/s", "MB a series' state, all together", "longest gap between two scored batches, ms", "median gap, ms");
            Measure(report, directory, messages, TimeSpan.Zero, "none");
            Measure(report, directory, messages, TimeSpan.FromSeconds(1), "every second");
            Restart(report, directory, messages);
        }
        finally
        {
            Directory.Delete(directory, recursive: true);
        }
    }

    private static void Train(string directory)
    {
        byte[][] messages = PlantMessages.Create(TrainingSeries, TrainingSamples + 2);
        using var flow = new Flow(directory, messages, TimeSpan.Zero);
        flow.Run();
    }

    private static void Measure(Report report, string directory, byte[][] messages, TimeSpan interval, string name)
    {
        string state = Path.Combine(directory, "state");
        if (Directory.Exists(state))
            Directory.Delete(state, recursive: true);
        using var flow = new Flow(directory, messages, interval);
        long started = Stopwatch.GetTimestamp();
        flow.Run();
        double seconds = Stopwatch.GetElapsedTime(started).TotalSeconds;
        // From where every series is there and scored: what creates series is no snapshot's doing.
        double[] gaps = [.. flow.Gaps.Order()];
        long bytes = Directory.Exists(state) ? Directory.GetFiles(state, "*.full", SearchOption.AllDirectories).Select(file => new FileInfo(file).Length).DefaultIfEmpty().Max() : 0;
        report.Row(name, Math.Round(messages.Length / seconds), bytes / 1e6, gaps[^1], gaps[gaps.Length / 2]);
    }

    private static void Restart(Report report, string directory, byte[][] messages)
    {
        // What comes after the snapshot: one more row of every series.
        byte[][] further = [.. messages, .. PlantMessages.Create(SeriesCount, Rows + 1)[^SeriesCount..]];
        long started = Stopwatch.GetTimestamp();
        using var flow = new Flow(directory, further, TimeSpan.FromSeconds(5));
        flow.Run();
        report.Table($"Restart with {SeriesCount} series from their snapshot, in the process", "first score after, s", "all series scored after, s", "resident MB");
        report.Row(
            Stopwatch.GetElapsedTime(started, flow.FirstScored).TotalSeconds, Stopwatch.GetElapsedTime(started, flow.LastScored).TotalSeconds,
            Math.Round(Environment.WorkingSet / 1048576.0));
    }

    /// <summary>A flow over a directory, from where its state ends.</summary>
    private sealed class Flow : IStageTiming, IDisposable
    {
        private readonly DataFlow _flow;
        private readonly Checkpointing? _checkpoints;
        private readonly ResumingSource _source;
        private long _windows;

        public Flow(string directory, byte[][] messages, TimeSpan interval)
        {
            var options = new PipelineOptions
            {
                Sources = ["memory"],
                MaxSeries = 2 * SeriesCount,
                Window = new WindowOptions { Period = TimeSpan.FromSeconds(1), Length = TimeSpan.FromSeconds(32) },
                Model = new ModelOptions { Scope = "pipeline" },
                Training = new TrainingOptions { Warmup = TimeSpan.FromSeconds(TrainingSamples - 1), MaxSteps = 100 },
            };
            var metrics = new DetectorMetrics(ProcessMetrics.NewRegistry());
            var learner = new ModelLearner(
                "bench", ModelSettingsFactory.Create(options), 1, new ArtifactStore(Path.Combine(directory, "models")), ComputeDevice.Select("cpu"), TimeProvider.System);
            var pipeline = new PipelineRuntime("bench", options, "", learner, PipelineSinks.None, metrics.Pipeline("bench"));
            pipeline.LoadShared();
            if (interval > TimeSpan.Zero)
            {
                var store = new DirectoryStateStore(Path.Combine(directory, "state"), refusal => throw new InvalidOperationException(refusal));
                _checkpoints = new Checkpointing(store, interval, metrics.Checkpoints, NullLogger.Instance);
            }

            LaneCheckpoints? lane = _checkpoints is null ? null : new LaneCheckpoints(_checkpoints, "memory", NullLogger.Instance);
            _source = new ResumingSource(messages);
            var flowMetrics = new FlowMetrics(metrics, [pipeline], ["memory"], TimeProvider.System);
            var part = new SourcePart(_source, (pool, queue, train) => new SourceLane(
                DecodeBenchmark.Json(), [pipeline], pool, queue, train, flowMetrics.Lane("memory"), PipelineRun.NoDeadLetters.Instance, TimeProvider.System, lane));
            _flow = new DataFlow(
                new FlowParts(
                    [part], new VerdictPublisher(TimeProvider.System, CancellationToken.None), new TrainingObserver(flowMetrics, NullLogger.Instance), this,
                    options.MaxBatch, _checkpoints),
                (stage, error) => throw new InvalidOperationException(stage, error));
        }

        /// <summary>Milliseconds between two scored batches.</summary>
        public List<double> Gaps { get; } = [];

        public long FirstScored { get; private set; }

        public long LastScored { get; private set; }

        public void Run()
        {
            _flow.Start();
            while (!_flow.IsFinished)
                Thread.Sleep(5);
            if (!_flow.Drain(TimeSpan.FromMinutes(1), TimeProvider.System))
                throw new InvalidOperationException("The flow did not drain.");
        }

        public void Scoring(PipelineBatch batch, Action<WindowBatch> work)
        {
            work(batch.Windows);
            if (batch.Count == 0)
                return;
            long now = Stopwatch.GetTimestamp();
            if (_windows > SeriesCount)
                Gaps.Add(Stopwatch.GetElapsedTime(LastScored, now).TotalMilliseconds);
            _windows += batch.Count;
            LastScored = now;
            if (FirstScored == 0)
                FirstScored = now;
        }

        public void Deciding(PipelineBatch batch, Action<PipelineBatch> work) => work(batch);

        public void Dispose()
        {
            _flow.Dispose();
            _checkpoints?.Dispose();
        }
    }

    /// <summary>Messages from memory, whose positions are kept.</summary>
    private sealed class ResumingSource(byte[][] messages) : ISource, IReceiptLedger
    {
        public string Name => "memory";

        public long Lag => 0;

        public bool IsReady => true;

        public void Run(IMessageSink sink, CancellationToken stop)
        {
            long first = sink.Assigned(this, "memory-0", null)?.Position ?? 0;
            for (long i = first; i < messages.Length && !stop.IsCancellationRequested; i++)
            {
                RawMessage message = PlantMessages.Message(messages[i], i) with { Receipt = new Receipt(this, i) };
                while (!sink.TryAccept(message))
                {
                    sink.Idle();
                    Thread.Yield();
                }
            }
        }

        public void Retain(long ticket)
        {
        }

        public void Release(long ticket)
        {
        }

        public void StoreFinished()
        {
        }

        public void Dispose()
        {
        }
    }
}
