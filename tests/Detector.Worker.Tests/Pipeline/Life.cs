using System.Text.Json;
using System.Text.Json.Serialization;
using Detector.Models.Artifacts;
using Detector.Worker.Contracts;
using Detector.Worker.Pipeline;
using Detector.Worker.State;
using Microsoft.Extensions.Logging.Abstractions;

namespace Detector.Worker.Tests.Pipeline;

/// <summary>One life of a flow over a directory that outlives it.</summary>
internal sealed class Life : IVerdictReceiver, IDisposable
{
    private static readonly JsonSerializerOptions s_format = new() { NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals };
    private readonly VerdictPublisher _publisher = new(TimeProvider.System, CancellationToken.None);
    private readonly Checkpointing _checkpoints;
    private readonly DataFlow _flow;
    private volatile Exception? _fault;
    private bool _isOver;
    private readonly Lock _lock = new();

    public Life(string directory, PositionedSource source, PipelineOptions? options = null, PipelineSinks? sinks = null, TimeSpan? interval = null, int maxSpilled = 100_000,
        IOutputTransactions? transactions = null, TimeProvider? clock = null)
    {
        clock ??= TimeProvider.System;
        Source = source;
        var store = new DirectoryStateStore(Path.Combine(directory, "state"), Refused.Add);
        _checkpoints = new Checkpointing(store, interval ?? TimeSpan.FromMilliseconds(10), TestPipeline.Metrics().Checkpoints, NullLogger.Instance);
        // Versions are named by the time at which they were made.
        Pipeline = TestPipeline.Create(options, new ArtifactStore(Path.Combine(directory, "models")), sinks, options?.Training.Retrain.Every is null ? null : TimeProvider.System);
        Pipeline.Spills = true;
        Pipeline.LoadShared();
        var part = new SourcePart(source, (pool, queue, request) => new SourceLane(
            TestPipeline.Decoder(), [Pipeline], pool, queue, request, new LaneCounters(TestPipeline.Metrics().Source("plant")), new StubDeadLetters(),
            clock, new LaneCheckpoints(_checkpoints, "plant", NullLogger.Instance, maxSpilled, transactions)));
        _flow = new DataFlow(new FlowParts([part], this, Training, new StubTiming(), 64, _checkpoints), (_, error) => _fault = error);
    }

    public PipelineRuntime Pipeline { get; }

    public PositionedSource Source { get; }

    public StubTraining Training { get; } = new();

    public List<string> Refused { get; } = [];

    /// <summary>What came out, keyed: scores by series and time, alerts by id and revision.</summary>
    public SortedDictionary<string, string> Outcome { get; } = new(StringComparer.Ordinal);

    /// <summary>Alerts in the order in which they came.</summary>
    public List<Alert> Alerts { get; } = [];

    /// <summary>What came out a second time with other content.</summary>
    public List<string> Contradictions { get; } = [];

    /// <summary>The version that judged each sample.</summary>
    public List<(string Series, long Ticks, string Version)> Served { get; } = [];

    public void Start() => _flow.Start();

    /// <summary>Runs until the source has ended and everything is finished and saved.</summary>
    public Life RunToEnd(TimeSpan? within = null)
    {
        _flow.Start();
        Assert.True(SpinWait.SpinUntil(() => _flow.IsFinished || _fault is not null, within ?? TimeSpan.FromSeconds(60)), "The source did not end.");
        Assert.Null(_fault);
        Assert.True(_flow.Drain(TimeSpan.FromSeconds(30), TimeProvider.System));
        return this;
    }

    /// <summary>Ends at once: nothing in flight is finished, nothing more is saved.</summary>
    public void Crash()
    {
        _isOver = true;
        _flow.Dispose();
        Assert.True(Source.Ended.Wait(TimeSpan.FromSeconds(30)), "The source went on.");
        // A process that has crashed trains no more either.
        Assert.True(SpinWait.SpinUntil(() => _flow.IsStill, TimeSpan.FromSeconds(30)), "A stage went on.");
        _checkpoints.Dispose();
        Assert.Null(_fault);
    }

    public void OnVerdict(SeriesState series, long ticks, in Verdict verdict, Receipt receipt, long arrival)
    {
        Served.Add((series.Key, ticks, series.Judged!.Version));
        Note($"{series.Key} {ticks}", $"{BitConverter.DoubleToInt64Bits(verdict.Score):x} {BitConverter.DoubleToInt64Bits(verdict.Threshold):x} {verdict.Anomalous}");
        _publisher.OnVerdict(series, ticks, verdict, receipt, arrival);
    }

    public void OnAlert(SeriesState series, Alert alert, Receipt receipt)
    {
        Note($"{alert.Id} {alert.Revision}", JsonSerializer.Serialize(alert with { Model = alert.Model with { Version = "" } }, s_format));
        Alerts.Add(alert);
        _publisher.OnAlert(series, alert, receipt);
    }

    public void Dispose()
    {
        if (_isOver)
            return;
        _isOver = true;
        _flow.Dispose();
        _checkpoints.Dispose();
    }

    private void Note(string key, string value)
    {
        lock (_lock)
        {
            if (!Outcome.TryAdd(key, value) && Outcome[key] != value)
                Contradictions.Add($"{key}: {Outcome[key]}, then {value}");
        }
    }
}
