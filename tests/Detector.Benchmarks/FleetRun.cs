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

/// <summary>
/// The whole pipeline in memory with models that are there already, for any number of series: first as fast as it goes, then at half of that rate for the
/// latencies.
/// </summary>
/// <param name="series">Series, each with a message a second of event time.</param>
/// <param name="scope">As <see cref="ModelOptions.Scope"/>.</param>
/// <param name="rows">Rows of a window.</param>
/// <param name="model">Gives the model of the next series, or of all of them.</param>
internal sealed class FleetRun(int series, string scope, int rows, Func<LearnedModel> model)
{
    private const int LeastMessages = 150_000, LeastSettling = 100_000;
    private static readonly TimeSpan s_pacedFor = TimeSpan.FromSeconds(2);
    private readonly long _first = Math.Max(LeastSettling, series * (long)(rows + 4)), _measured = Math.Max(LeastMessages, series);
    private long _started, _paced;
    private TimeSpan _cpu;
    private LatencyLog? _latencies;

    public double Rate { get; private set; }

    public double CpuMicroseconds { get; private set; }

    public double ResidentMegabytes { get; private set; }

    /// <summary>What models and series take, once garbage is collected; the messages are never in memory.</summary>
    public double KilobytesOfSeries { get; private set; }

    public double Latency(double quantile) => _latencies!.Quantile(quantile);

    public FleetRun Execute()
    {
        var options = new PipelineOptions
        {
            Sources = ["memory"],
            MaxSeries = series,
            Window = new WindowOptions { Period = TimeSpan.FromSeconds(1), Length = TimeSpan.FromSeconds(rows) },
            Model = new ModelOptions { Scope = scope },
        };
        long before = Resident();
        var metrics = new DetectorMetrics(ProcessMetrics.NewRegistry());
        var learner = new ModelLearner("bench", ModelSettingsFactory.Create(options), 1, null, ComputeDevice.Select("cpu"), TimeProvider.System);
        var pipeline = new PipelineRuntime("bench", options, "", learner, PipelineSinks.None, metrics.Pipeline("bench"));
        for (int i = 0; i < (pipeline.IsShared ? 1 : series); i++)
            pipeline.SlotOf(FleetSource.Key(i)).Activate(pipeline.Live(model()));
        var flowMetrics = new FlowMetrics(metrics, [pipeline], ["memory"], TimeProvider.System);
        using var source = new FleetSource(series, long.MaxValue, Progress);
        var part = new SourcePart(source, (pool, queue, train) => new SourceLane(
            DecodeBenchmark.Json(), [pipeline], pool, queue, train, flowMetrics.Lane("memory"), PipelineRun.NoDeadLetters.Instance, TimeProvider.System));
        _latencies = new LatencyLog(new VerdictPublisher(TimeProvider.System, CancellationToken.None));
        using var flow = new DataFlow(
            new FlowParts([part], _latencies, new TrainingObserver(flowMetrics, NullLogger.Instance), flowMetrics, options.MaxBatch),
            (stage, error) => throw new InvalidOperationException(stage, error));
        flow.Start();
        while (Volatile.Read(ref _paced) == 0 || Stopwatch.GetElapsedTime(_paced) < s_pacedFor)
            Thread.Sleep(10);
        ResidentMegabytes = Environment.WorkingSet / 1048576.0;
        flow.Drain(TimeSpan.FromMinutes(1), TimeProvider.System);
        KilobytesOfSeries = (Resident() - before) / 1024.0 / series;
        foreach (ModelSlot slot in pipeline.IsShared ? [] : pipeline.Slots)
            slot.Model?.Scorer.Dispose();
        return this;
    }

    private void Progress(long message)
    {
        if (message == _first)
        {
            Thread.Sleep(100); // what is on its way is finished
            _cpu = Environment.CpuUsage.TotalTime;
            _started = Stopwatch.GetTimestamp();
        }
        else if (message == _first + _measured)
        {
            // What is still in the queues is a small part of it.
            Rate = _measured / Stopwatch.GetElapsedTime(_started).TotalSeconds;
            CpuMicroseconds = (Environment.CpuUsage.TotalTime - _cpu).TotalMicroseconds / _measured;
            Thread.Sleep(200);
            _latencies!.Clear();
            Volatile.Write(ref _paced, Stopwatch.GetTimestamp());
        }
        else if (_paced > 0 && (message - _first - _measured) / (Rate / 2) - Stopwatch.GetElapsedTime(_paced).TotalSeconds > 0.001)
        {
            Thread.Sleep(1);
        }
    }

    private static long Resident()
    {
        GC.Collect(2, GCCollectionMode.Aggressive, blocking: true, compacting: true);
        GC.WaitForPendingFinalizers();
        GC.Collect(2, GCCollectionMode.Aggressive, blocking: true, compacting: true);
        return Environment.WorkingSet;
    }
}
