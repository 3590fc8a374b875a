using Detector.Models.Training;
using Detector.Worker.Contracts;
using Detector.Worker.Learning;
using Detector.Worker.Pipeline;
using Detector.Worker.Scoring;

namespace Detector.Worker.Tests.Pipeline;

/// <summary>A source of given messages that ends, or waits for the stop, after the last.</summary>
internal sealed class StubSource(IReadOnlyList<string> messages) : ISource
{
    public ClaimLedger Ledger { get; } = new();

    /// <summary>Calls of Idle after each message.</summary>
    public int IdleAfterEach { get; init; }

    public bool StaysOpen { get; init; }

    /// <summary>Set when every message was handed over.</summary>
    public ManualResetEventSlim HandedOver { get; } = new();

    /// <summary>Set when <see cref="Run"/> has returned.</summary>
    public ManualResetEventSlim Ended { get; } = new();

    public string Name => "stub";

    public long Lag => 0;

    public bool IsReady => true;

    public void Run(IMessageSink sink, CancellationToken stop)
    {
        try
        {
            for (int i = 0; i < messages.Count; i++)
            {
                byte[] payload = System.Text.Encoding.UTF8.GetBytes(messages[i]);
                var message = new RawMessage(payload, default, "topic", 0, i, Ledger.Begin());
                while (!sink.TryAccept(message))
                {
                    sink.Idle();
                    if (stop.WaitHandle.WaitOne(1))
                        return;
                }

                for (int k = 0; k < IdleAfterEach; k++)
                    sink.Idle();
            }

            HandedOver.Set();
            while (StaysOpen && !stop.WaitHandle.WaitOne(1))
                sink.Idle();
        }
        finally
        {
            Ended.Set();
        }
    }

    public void StoreFinished()
    {
    }

    public void Dispose()
    {
    }
}

/// <summary>Keeps every record and finishes it at once.</summary>
internal sealed class StubSink : ISink
{
    private readonly List<OutboundRecord> _records = [];

    public string Name => "stub";

    /// <summary>Keeps the receipts, as a sink does that cannot deliver.</summary>
    public bool IsStuck { get; init; }

    public IReadOnlyList<OutboundRecord> Records
    {
        get
        {
            lock (_records)
                return [.. _records];
        }
    }

    public void Publish(in OutboundRecord record, CancellationToken stop)
    {
        lock (_records)
            _records.Add(record);
        if (!IsStuck)
            record.Receipt.Release();
    }

    public int Flush(TimeSpan timeout) => 0;

    public void Dispose()
    {
    }
}

internal sealed class StubTiming : IStageTiming
{
    public Action? BeforeScoring { get; init; }

    public void Scoring(PipelineBatch batch, Action<WindowBatch> work)
    {
        BeforeScoring?.Invoke();
        work(batch.Windows);
    }

    public void Deciding(PipelineBatch batch, Action<PipelineBatch> work) => work(batch);
}

internal sealed class StubTraining : ITrainingReceiver
{
    private int _trained;
    private int _failed;

    public Action? OnStart { get; init; }

    public int Trained => Volatile.Read(ref _trained);

    public int Failed => Volatile.Read(ref _failed);

    public void OnTrainingStarted(PipelineRuntime pipeline, ModelSlot slot) => OnStart?.Invoke();

    public IProgress<TrainingProgress>? Progress(PipelineRuntime pipeline, ModelSlot slot) => null;

    public void OnTrained(PipelineRuntime pipeline, ModelSlot slot, LearnedModel learned) => Interlocked.Increment(ref _trained);

    public void OnTrainingFailed(PipelineRuntime pipeline, ModelSlot slot, Exception error) => Interlocked.Increment(ref _failed);
}

internal sealed class StubDeadLetters : IDeadLetters
{
    public List<DropReason> Reasons { get; } = [];

    public void Accept(in RawMessage message, DropReason reason) => Reasons.Add(reason);
}
