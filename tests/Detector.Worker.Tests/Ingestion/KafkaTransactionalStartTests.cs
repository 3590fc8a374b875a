using Confluent.Kafka;
using Detector.Worker.Cli.Quickstart;
using Detector.Worker.Contracts;
using Detector.Worker.Ingestion;
using Detector.Worker.Tests.Kafka;
using Microsoft.Extensions.Logging.Abstractions;

namespace Detector.Worker.Tests.Ingestion;

/// <summary>With transactions the committed positions say which state counts: a source takes no partition over before it knows them.</summary>
public sealed class KafkaTransactionalStartTests : IDisposable
{
    private readonly TestTopic _topic = new(1);

    public void Dispose() => _topic.Dispose();

    [Fact]
    public void Run_FormerLifeCannotBeEndedYet_AsksAgainBeforeItTakesPartitionsOver()
    {
        _topic.Produce(0, Enumerable.Range(0, 5));
        _topic.Commit(0, 3);
        var sink = new StatefulSink { Refusals = 1 };
        using (var source = new KafkaSource("plant", _topic.Source(), NullLogger.Instance, transactional: true))
            Run(source, sink, () => sink.Assignments.Count > 0);
        Assert.Equal(2, sink.Asked);
        Assert.Equal([3L], sink.Assignments);
    }

    [Fact]
    public void Run_CommittedPositionsCannotBeRead_TakesNothingOver()
    {
        _topic.Produce(0, Enumerable.Range(0, 5));
        _topic.Broker.PushRequestErrors(EmbeddedBrokerRequest.OffsetFetch, [.. Enumerable.Repeat((int)ErrorCode.GroupAuthorizationFailed, 50)]);
        var sink = new StatefulSink();
        using (var source = new KafkaSource("plant", _topic.Source(), NullLogger.Instance, transactional: true))
            Run(source, sink, () => sink.Asked >= 2);
        Assert.Empty(sink.Assignments);
        Assert.Equal(0, sink.Messages);
    }

    private static void Run(KafkaSource source, StatefulSink sink, Func<bool> until)
    {
        using var stop = new CancellationTokenSource();
        var thread = new Thread(() => source.Run(sink, stop.Token));
        thread.Start();
        RunningSource.Until(until, "the source comes so far");
        stop.Cancel();
        Assert.True(thread.Join(TimeSpan.FromSeconds(30)));
    }

    private sealed class StatefulSink : IMessageSink
    {
        private int _asked;
        private int _messages;

        public int Refusals { get; init; }

        public int Asked => Volatile.Read(ref _asked);

        public int Messages => Volatile.Read(ref _messages);

        public List<long?> Assignments { get; } = [];

        public bool KeepsState => true;

        public void Assigning()
        {
            if (Interlocked.Increment(ref _asked) <= Refusals)
                throw new IOException("The coordinator is not there yet.");
        }

        public ResumePoint? Assigned(IReceiptLedger ledger, string partition, long? committed)
        {
            Assignments.Add(committed);
            return null;
        }

        public bool TryAccept(in RawMessage message)
        {
            Interlocked.Increment(ref _messages);
            message.Receipt.Release();
            return true;
        }

        public void Idle()
        {
        }
    }
}
