using System.Diagnostics;
using Detector.Models.Compute;
using Detector.Worker.Contracts;
using Detector.Worker.Hosting;
using Detector.Worker.Learning;
using Detector.Worker.Pipeline;
using Detector.Worker.Scoring;
using Detector.Worker.Telemetry;
using Detector.Worker.Windowing;
using Microsoft.Extensions.Logging.Abstractions;

namespace Detector.Benchmarks;

/// <summary>One run of the whole pipeline in memory: JSON bytes in, verdicts out, with the service's own threads and queues.</summary>
/// <param name="messages">Samples of every series in turn.</param>
/// <param name="seriesCount">Series.</param>
/// <param name="scope">As <see cref="ModelOptions.Scope"/>.</param>
/// <param name="ratePerSecond">Messages handed over in a second while it is measured; null for as fast as they are taken.</param>
internal sealed class PipelineRun(byte[][] messages, int seriesCount, string scope, double? ratePerSecond = null)
{
    public const int WarmupSamples = 400;

    private int _settled;
    private int _first;
    private long _started;
    private TimeSpan _cpu;
    private long _bytes;
    private StageBytes? _stageBytes;
    private StageTimes? _before, _after;
    private LatencyLog? _latencies;

    /// <summary>Messages after the models are there and before it is measured: every buffer has its size and all code is optimised.</summary>
    public int Settling { get; init; } = 192_000;

    public int Messages => messages.Length - _first;

    public double Seconds { get; private set; }

    public double CpuMicroseconds { get; private set; }

    /// <summary>Bytes that all threads have allocated, a message: the collector's and the compiler's too.</summary>
    public double BytesAllocated { get; private set; }

    /// <summary>Bytes that the three threads of the flow have allocated, a message.</summary>
    public string StageBytes() =>
        FormattableString.Invariant($"{_stageBytes!.Source / Messages:F2}, {_stageBytes.Scoring / Messages:F2}, {_stageBytes.Deciding / Messages:F2}");

    public double ResidentMegabytes { get; private set; }

    public double Rate => Messages / Seconds;

    /// <summary>Milliseconds from the reading of a message to its verdict, of a share of the messages at most.</summary>
    public double Latency(double quantile) => _latencies!.Quantile(quantile);

    /// <summary>Processor time of a stage's thread, µs a message.</summary>
    public double Microseconds(string thread) => (_after!.Of(thread) - _before!.Of(thread)) * 1e6 / Messages;

    public void Execute()
    {
        var options = new PipelineOptions
        {
            Sources = ["memory"],
            MaxSeries = Math.Max(seriesCount, 1000),
            Window = new WindowOptions { Period = TimeSpan.FromSeconds(1), Length = TimeSpan.FromSeconds(32) },
            Model = new ModelOptions { Scope = scope },
            // A short training: the figure is of what comes after it.
            Training = new TrainingOptions { Warmup = TimeSpan.FromSeconds(WarmupSamples - 1), MaxSteps = 100 },
        };
        var metrics = new DetectorMetrics(ProcessMetrics.NewRegistry());
        var learner = new ModelLearner("bench", ModelSettingsFactory.Create(options), 1, null, ComputeDevice.Select("auto"), TimeProvider.System);
        var pipeline = new PipelineRuntime("bench", options, "", learner, PipelineSinks.None, metrics.Pipeline("bench"));
        var flowMetrics = new FlowMetrics(metrics, [pipeline], ["memory"], TimeProvider.System);
        _stageBytes = new StageBytes(flowMetrics);
        using var source = new MemorySource(messages, message => Progress(message, pipeline));
        var part = new SourcePart(source, (pool, queue, train) => new SourceLane(
            DecodeBenchmark.Json(), [pipeline], pool, queue, train, flowMetrics.Lane("memory"), NoDeadLetters.Instance, TimeProvider.System));
        _latencies = new LatencyLog(new VerdictPublisher(TimeProvider.System, CancellationToken.None));
        using var flow = new DataFlow(
            new FlowParts([part], _latencies, new TrainingObserver(flowMetrics, NullLogger.Instance), _stageBytes, options.MaxBatch),
            (stage, error) => throw new InvalidOperationException(stage, error));
        flow.Start();
        while (!flow.IsFinished)
            Thread.Sleep(5);
        flow.Drain(TimeSpan.FromMinutes(1), TimeProvider.System);
        Seconds = Stopwatch.GetElapsedTime(_started).TotalSeconds;
        CpuMicroseconds = (Environment.CpuUsage.TotalTime - _cpu).TotalSeconds * 1e6 / Messages;
        BytesAllocated = (GC.GetTotalAllocatedBytes() - _bytes) / (double)Messages;
        ResidentMegabytes = Environment.WorkingSet / 1048576.0;
        foreach (ModelSlot slot in pipeline.Slots)
            slot.Model?.Scorer.Dispose();
    }

    /// <summary>Starts to measure once every series has its model, and the samples held back meanwhile and some more are scored.</summary>
    private void Progress(int message, PipelineRuntime pipeline)
    {
        if (_settled == 0 && message >= seriesCount * WarmupSamples && message % seriesCount == 0 && IsTrained(pipeline))
            _settled = message + Settling;
        else if (_settled > 0 && message == _settled)
            Begin(message);
        else if (_first > 0 && ratePerSecond is { } rate)
            Pace(message, rate);
        // The threads are gone when the flow has ended.
        if (message != messages.Length - 1)
            return;
        _after = StageTimes.Now();
        _stageBytes!.CountSource();
    }

    /// <summary>Whether every series has its model; waits for those that are being trained.</summary>
    private static bool IsTrained(PipelineRuntime pipeline)
    {
        SpinWait.SpinUntil(() => pipeline.Series.All(series => series.Slot.Phase != SlotPhase.Training));
        return pipeline.Series.All(series => series.Slot.Phase == SlotPhase.Active);
    }

    private void Begin(int message)
    {
        Thread.Sleep(200); // what is on its way is finished
        _first = message;
        _latencies!.Clear();
        _cpu = Environment.CpuUsage.TotalTime;
        _before = StageTimes.Now();
        _bytes = GC.GetTotalAllocatedBytes();
        _stageBytes!.Begin();
        _started = Stopwatch.GetTimestamp();
    }

    private void Pace(int message, double rate)
    {
        double elapsed = Stopwatch.GetElapsedTime(_started).TotalSeconds;
        double ahead = (message - _first) / rate - elapsed;
        if (ahead > 0.001)
            Thread.Sleep(1);
    }

    internal sealed class NoDeadLetters : IDeadLetters
    {
        public static readonly NoDeadLetters Instance = new();

        public void Accept(in RawMessage message, DropReason reason) =>
            throw new InvalidOperationException($"Message {message.Offset} was dropped: {reason}.");
    }
}
