using System.Text;
using Detector.Tests.Support;
using Detector.Worker.Contracts;
using Detector.Worker.Pipeline;

namespace Detector.Worker.Tests.Pipeline;

/// <summary>A lane on the test's own thread, with the queue behind it.</summary>
internal sealed class LaneBench
{
    private readonly BatchPool _pool;

    public LaneBench(PipelineRuntime pipeline, int maxBatch = 4, int queued = 2, IDecoder? decoder = null)
    {
        _pool = new BatchPool(maxBatch);
        Queue = new BoundedQueue<PipelineBatch>("scoring", queued);
        Lane = new SourceLane(
            decoder ?? TestPipeline.Decoder(), [pipeline], _pool, Queue, Requests.Add, Counters, DeadLetters, Clock);
    }

    public SourceLane Lane { get; }

    public LaneCounters Counters { get; } = new(TestPipeline.Metrics().Source("stub"));

    public FakeClock Clock { get; } = new();

    public ClaimLedger Ledger { get; } = new();

    public BoundedQueue<PipelineBatch> Queue { get; }

    public List<SeriesState> Requests { get; } = [];

    /// <summary>What was found about the data, of the batches taken.</summary>
    public List<(string Series, QualitySignal Signal)> Signals { get; } = [];

    public StubDeadLetters DeadLetters { get; } = new();

    public bool Offer(string payload) => Offer(new RawMessage(Encoding.UTF8.GetBytes(payload), default, "topic", 0, Ledger.Begun, Ledger.Begin()));

    public bool Offer(in RawMessage message) => Lane.TryAccept(message);

    public void Send(IEnumerable<string> messages)
    {
        foreach (string message in messages)
            Assert.True(Offer(message), "The lane refused a message.");
    }

    public void Return(PipelineBatch batch) => _pool.Return(batch);

    /// <summary>Takes every queued batch, releases its claims, and returns the times of its windows.</summary>
    public List<long> TakeAll()
    {
        var ticks = new List<long>();
        while (Queue.Count > 0 && Queue.TryTake(out PipelineBatch? batch))
        {
            for (int i = 0; i < batch.Count; i++)
            {
                ticks.Add(batch.Windows.Ticks(i));
                batch.Receipt(i).Release();
            }

            foreach ((_, SeriesState series, QualitySignal signal, Receipt receipt) in batch.Signals)
            {
                Signals.Add((series.Key, signal));
                receipt.Release();
            }

            _pool.Return(batch);
        }

        return ticks;
    }
}
