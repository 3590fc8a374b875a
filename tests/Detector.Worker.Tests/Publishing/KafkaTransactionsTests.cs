using System.Collections.Concurrent;
using System.Text;
using Confluent.Kafka;
using Detector.Worker.Cli.Quickstart;
using Detector.Worker.Contracts;
using Detector.Worker.Pipeline;
using Detector.Worker.Publishing;
using Detector.Worker.Tests.Kafka;
using Microsoft.Extensions.Logging.Abstractions;

namespace Detector.Worker.Tests.Publishing;

/// <summary>The embedded broker takes a transaction's offsets and forgets them, and fences nobody: that a request was sent shows in its refusal.</summary>
public sealed class KafkaTransactionsTests : IDisposable
{
    private readonly TestTopic _topic = new(1);
    private readonly RunningSource _source;
    private readonly ConcurrentQueue<(string Sink, string Reason)> _errors = [];

    public KafkaTransactionsTests()
    {
        _topic.Produce(0, Enumerable.Range(0, 3));
        _source = new RunningSource(_topic.Source(), transactional: true);
        _source.UntilReceived(3);
    }

    public void Dispose()
    {
        _source.Dispose();
        _topic.Dispose();
    }

    [Fact]
    public void Commit_RecordsAndPosition_ArriveInOrder()
    {
        using KafkaTransactions transactions = Transactions();
        for (int i = 0; i < 3; i++)
            transactions.Commit([Output($"a{i}"), Output($"b{i}")], [At(Ledger, i + 1)], TestContext.Current.CancellationToken);
        Assert.Equal(["a0", "b0", "a1", "b1", "a2", "b2"], Published(6));
        Assert.Empty(_errors);
    }

    [Fact]
    public void Commit_PositionsRefused_SaysSoAndSucceedsWhenTriedAgain()
    {
        using KafkaTransactions transactions = Transactions();
        transactions.Commit([Output("first")], [At(Ledger, 1)], TestContext.Current.CancellationToken);
        _topic.Broker.PushRequestErrors(EmbeddedBrokerRequest.TransactionOffsetCommit, (int)ErrorCode.GroupAuthorizationFailed);
        Assert.Throws<IOException>(() => transactions.Commit([Output("second")], [At(Ledger, 2)], TestContext.Current.CancellationToken));
        transactions.Commit([Output("second")], [At(Ledger, 2)], TestContext.Current.CancellationToken);
        Assert.Equal("second", Published(3)[^1]); // the embedded broker shows what was aborted as well
    }

    [Fact]
    public void Commit_CoordinatorIsLoading_WaitsForIt()
    {
        using KafkaTransactions transactions = Transactions();
        _topic.Broker.PushRequestErrors(EmbeddedBrokerRequest.AddPartitionsToTransaction, (int)ErrorCode.ConcurrentTransactions, (int)ErrorCode.ConcurrentTransactions);
        _topic.Broker.PushRequestErrors(EmbeddedBrokerRequest.EndTransaction, (int)ErrorCode.GroupLoadInProgress);
        transactions.Commit([Output("once")], [At(Ledger, 1)], TestContext.Current.CancellationToken);
        Assert.Equal(["once"], Published(1));
        Assert.Empty(_errors);
    }

    [Fact]
    public void Commit_WorkerIsFenced_BeginsAnewWithAClientOfItsOwn()
    {
        using KafkaTransactions transactions = Transactions();
        transactions.Commit([Output("first")], [At(Ledger, 1)], TestContext.Current.CancellationToken);
        _topic.Broker.PushRequestErrors(EmbeddedBrokerRequest.EndTransaction, (int)ErrorCode.InvalidProducerEpoch);
        Assert.Throws<IOException>(() => transactions.Commit([Output("second")], [At(Ledger, 2)], TestContext.Current.CancellationToken));
        transactions.Commit([Output("second")], [At(Ledger, 2)], TestContext.Current.CancellationToken);
        Assert.Equal("second", Published(3)[^1]);
    }

    [Fact]
    public void Commit_RecordThatIsTooLarge_GoesWithoutItAndSaysSo()
    {
        using KafkaTransactions transactions = Transactions(("message.max.bytes", "2000"));
        transactions.Commit([Output("before"), Output(new string('x', 5000)), Output("after")], [At(Ledger, 1)], TestContext.Current.CancellationToken);
        Assert.Equal(["before", "after"], Published(2));
        Assert.Equal([("alerts", "too_large")], _errors);
    }

    [Fact]
    public void Commit_PartitionIsReadNoMore_LeavesOutWhatCameOfIt()
    {
        using KafkaTransactions transactions = Transactions();
        IReceiptLedger gone = new Claims();
        var restored = new RestoredMessages(gone);
        StateOutput state = new(TestTopic.Name, 0, "key"u8.ToArray(), "state of the gone"u8.ToArray());
        IReadOnlyCollection<IReceiptLedger> published = transactions.Commit(
            [Output("kept"), Output("gone", gone), Output("restored", restored)], [At(Ledger, 2), At(gone, 7, state)], TestContext.Current.CancellationToken);
        Assert.Equal([Ledger], published);
        Assert.Equal(["kept"], Published(1));
        transactions.Commit([Output("next")], [At(Ledger, 3)], TestContext.Current.CancellationToken);
        Assert.Equal(["kept", "next"], Published(2));
    }

    private static TransactionalPosition At(IReceiptLedger ledger, long offset, params StateOutput[] state) => new(ledger, offset, state);

    private IReceiptLedger Ledger => _source.Inbox.Messages.First().Receipt.Ledger!;

    private KafkaTransactions Transactions(params (string, string)[] settings) => new(
        "plant", KafkaTransactions.Settings(_topic.Sink(settings), "plant", "test"), _source.Source, NullLogger.Instance,
        (sink, reason) => _errors.Enqueue((sink, reason)));

    private TransactionalOutput Output(string text, IReceiptLedger? ledger = null) => new(
        "alerts", TestTopic.Name, new OutboundRecord("alert", [], Encoding.UTF8.GetBytes(text), [], new Receipt(ledger ?? Ledger, 0)));

    /// <summary>What came after the three messages that the source has read.</summary>
    private string[] Published(int count) => [.. _topic.Read(3 + count, TimeSpan.FromSeconds(30)).Skip(3).Select(message => Encoding.UTF8.GetString(message.Value))];
}
