using Detector.Worker.Contracts;
using Detector.Worker.Pipeline;

namespace Detector.Worker.Tests.Pipeline;

/// <summary>A whole flow in memory: stub source, lane, scoring, verdicts, and what comes out.</summary>
internal sealed class TestFlow : IVerdictReceiver, IDisposable
{
    private readonly VerdictPublisher _publisher = new(TimeProvider.System, CancellationToken.None);
    private readonly DataFlow _flow;
    private readonly TaskCompletionSource<Exception> _fault = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public TestFlow(PipelineRuntime pipeline, StubSource source, StubTraining? training = null, StubTiming? timing = null, int maxBatch = 64)
    {
        Source = source;
        Training = training ?? new StubTraining();
        var part = new SourcePart(source, (pool, queue, request) => new SourceLane(
            TestPipeline.Decoder(), [pipeline], pool, queue, request, new LaneCounters(TestPipeline.Metrics().Source("stub")), DeadLetters, TimeProvider.System));
        _flow = new DataFlow(new FlowParts([part], this, Training, timing ?? new StubTiming(), maxBatch), (_, error) => _fault.TrySetResult(error));
    }

    /// <summary>How long to wait for the flow; none of it is waited for by the clock when all is well.</summary>
    public TimeSpan Patience { get; init; } = TimeSpan.FromSeconds(30);

    public StubSource Source { get; }

    public StubTraining Training { get; }

    public StubDeadLetters DeadLetters { get; } = new();

    /// <summary>Verdicts by series, in order.</summary>
    public Dictionary<string, List<(long Ticks, Verdict Verdict)>> Verdicts { get; } = [];

    public List<Alert> Alerts { get; } = [];

    /// <summary>Thrown at the verdict of this number.</summary>
    public int FailAt { get; init; } = int.MaxValue;

    public Exception? Fault => _fault.Task.IsCompletedSuccessfully ? _fault.Task.GetAwaiter().GetResult() : null;

    /// <summary>Runs until the source has ended and everything is finished.</summary>
    public TestFlow RunToEnd()
    {
        _flow.Start();
        Assert.True(SpinWait.SpinUntil(() => _flow.IsFinished, Patience), "The source did not end.");
        Assert.True(Stop());
        Assert.Null(Fault);
        return this;
    }

    public void Start() => _flow.Start();

    public void WaitForFault() => Assert.True(SpinWait.SpinUntil(() => Fault is not null, Patience), "No fault was reported.");

    public bool Stop() => _flow.Drain(Patience, TimeProvider.System);

    public void OnVerdict(SeriesState series, long ticks, in Verdict verdict, Receipt receipt, long arrival)
    {
        if (!Verdicts.TryGetValue(series.Key, out List<(long, Verdict)>? verdicts))
            Verdicts.Add(series.Key, verdicts = []);
        verdicts.Add((ticks, verdict));
        if (verdicts.Count >= FailAt)
            throw new InvalidOperationException("The verdict stage broke.");
        _publisher.OnVerdict(series, ticks, verdict, receipt, arrival);
    }

    public void OnAlert(SeriesState series, Alert alert, Receipt receipt)
    {
        Alerts.Add(alert);
        _publisher.OnAlert(series, alert, receipt);
    }

    public void Dispose() => _flow.Dispose();
}
