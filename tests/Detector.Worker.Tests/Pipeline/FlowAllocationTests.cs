using System.Text;
using Detector.Worker.Contracts;
using Detector.Worker.Pipeline;
using Detector.Worker.Scoring;

namespace Detector.Worker.Tests.Pipeline;

public sealed class FlowAllocationTests
{
    private const int Messages = 24_000, Chunk = 2000;

    /// <summary>
    /// From bytes to verdicts, with the threads, queues and pooled batches of the service. What a message costs is in every chunk of them; a batch that is made
    /// because a queue is fuller than ever before is in some, and so is what a collection charges to a thread.
    /// </summary>
    [Fact]
    public void Run_SteadyState_NoThreadAllocates()
    {
        PipelineOptions options = TestPipeline.Options();
        PipelineRuntime pipeline = TestPipeline.Create(options);
        LiveModel model = pipeline.Live(TestPipeline.Learned);
        // Nothing exceeds it: alerts are written, and do allocate.
        pipeline.SlotOf("s").Activate(model with { Threshold = model.Threshold with { Method = "static", Options = new() { StaticValue = 1000 }, Value = 1000 } });
        var threads = new ThreadBytes();
        var part = new SourcePart(new ReadySource(threads), (pool, queue, request) => new SourceLane(
            TestPipeline.Decoder(), [pipeline], pool, queue, request, new LaneCounters(TestPipeline.Metrics().Source("ready")), new StubDeadLetters(), TimeProvider.System));
        Exception? fault = null;
        using var flow = new DataFlow(
            new FlowParts([part], new VerdictPublisher(TimeProvider.System, TestContext.Current.CancellationToken), new StubTraining(), threads, 64), (_, error) => fault = error);
        flow.Start();
        Assert.True(SpinWait.SpinUntil(() => flow.IsFinished, TimeSpan.FromMinutes(1)), "The source did not end.");
        Assert.True(flow.Drain(TimeSpan.FromMinutes(1), TimeProvider.System));

        Assert.Null(fault);
        Assert.InRange(threads.Judged, Messages - 100, Messages);
        Assert.Equal(0, threads.Source.Least);
        Assert.Equal(0, threads.Scoring.Least);
        Assert.Equal(0, threads.Deciding.Least);
    }

    /// <summary>Messages that are encoded before they are read.</summary>
    private sealed class ReadySource(ThreadBytes threads) : ISource
    {
        private readonly byte[][] _messages = [.. Rows.Messages("s", 0, Messages).Select(Encoding.UTF8.GetBytes)];

        public string Name => "ready";

        public long Lag => 0;

        public bool IsReady => true;

        public void Run(IMessageSink sink, CancellationToken stop)
        {
            for (int i = 0; i < _messages.Length && !stop.IsCancellationRequested; i++)
            {
                var message = new RawMessage(_messages[i], default, "topic", 0, i, Receipt.None);
                while (!sink.TryAccept(message))
                {
                    sink.Idle();
                    Thread.Yield();
                }

                threads.Source.Count(1);
            }
        }

        public void StoreFinished()
        {
        }

        public void Dispose()
        {
        }
    }

    /// <summary>What each stage's thread allocates.</summary>
    private sealed class ThreadBytes : IStageTiming
    {
        public ChunkBytes Source { get; } = new();

        public ChunkBytes Scoring { get; } = new();

        public ChunkBytes Deciding { get; } = new();

        public int Judged { get; private set; }

        void IStageTiming.Scoring(PipelineBatch batch, Action<WindowBatch> work)
        {
            work(batch.Windows);
            Scoring.Count(batch.Count);
        }

        void IStageTiming.Deciding(PipelineBatch batch, Action<PipelineBatch> work)
        {
            work(batch);
            Deciding.Count(batch.Count);
            Judged += batch.Count;
        }
    }

    /// <summary>Bytes that a thread allocates from chunk to chunk of messages.</summary>
    private sealed class ChunkBytes
    {
        private int _left = Chunk;
        private long _before = -1;

        /// <summary>Of the chunk with the fewest.</summary>
        public long Least { get; private set; } = long.MaxValue;

        public void Count(int messages)
        {
            _left -= messages;
            if (_left > 0)
                return;
            _left = Chunk;
            long now = GC.GetAllocatedBytesForCurrentThread();
            if (_before >= 0)
                Least = Math.Min(Least, now - _before);
            _before = now;
        }
    }
}
