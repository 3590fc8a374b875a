using System.Text;
using Detector.Worker.Contracts;
using Detector.Worker.Publishing;
using Detector.Worker.State;
using Detector.Worker.Tests.Kafka;
using Microsoft.Extensions.Logging.Abstractions;

namespace Detector.Worker.Tests.State;

/// <summary>State in a topic that goes with the transaction of the outputs, so that whoever takes the partition over finds either both or neither.</summary>
public sealed class TopicStateInTransactionTests : IDisposable
{
    private const string StateTopic = "state";
    private readonly TemporaryDirectory _directory = new();
    private readonly TestTopic _topic = new(1);
    private readonly RunningSource _source;

    public TopicStateInTransactionTests()
    {
        _topic.Broker.CreateTopic(StateTopic, 2);
        _topic.Produce(0, Enumerable.Range(0, 3));
        _source = new RunningSource(_topic.Source(), transactional: true);
        _source.UntilReceived(3);
    }

    public void Dispose()
    {
        _source.Dispose();
        _topic.Dispose();
        _directory.Dispose();
    }

    [Fact]
    public void Open_WorkerDiedBetweenCommitAndState_AnyMachineFindsWhatWasCommitted()
    {
        using KafkaTransactions transactions = new(
            "plant", KafkaTransactions.Settings(_topic.Sink(), "plant", "test"), _source.Source, NullLogger.Instance, (_, reason) => Assert.Fail(reason));
        using (IPartitionState state = Open("first"))
        {
            Commit(transactions, state.Prepare(Delta(1, ("a", "1"), ("b", "1"))));
            state.PutInForce();
            Commit(transactions, state.Prepare(Delta(2, ("a", "2"), ("b", null))));
        }

        foreach (string machine in (string[])["second", "first"])
        {
            using IPartitionState state = Open(machine, committed: 2);
            Assert.Equal(2, state.Position);
            Assert.Equal("2", Text(state, "a"));
            Assert.Null(state.Read("b"));
        }

        using IPartitionState next = Open("second", committed: 2);
        Commit(transactions, next.Prepare(Delta(3, ("c", "3"))));
        next.PutInForce();
        using IPartitionState third = Open("third", committed: 3);
        Assert.Equal(("2", "3"), (Text(third, "a"), Text(third, "c")));
    }

    [Fact]
    public void Open_WorkerDiedBeforeItsCommit_NothingIsThere()
    {
        using (IPartitionState state = Open("first"))
            Assert.NotEmpty(state.Prepare(Delta(1, ("a", "1"))).Outputs);
        foreach (string machine in (string[])["second", "first"])
        {
            using IPartitionState state = Open(machine);
            Assert.Null(state.Position);
        }
    }

    private void Commit(KafkaTransactions transactions, PreparedState state)
    {
        IReceiptLedger ledger = _source.Inbox.Messages.First().Receipt.Ledger!;
        Assert.Equal([ledger], transactions.Commit([], [new TransactionalPosition(ledger, state.Offset, state.Outputs)], TestContext.Current.CancellationToken));
    }

    private IPartitionState Open(string machine, long? committed = null)
    {
        var options = new KafkaStateOptions { Name = StateTopic };
        options.Client["bootstrap.servers"] = _topic.Broker.BootstrapServers;
        return new TopicStateStore(options, Path.Combine(_directory.Path, machine), reason => Assert.Fail(reason)).Open("plant", "sensors-0", committed);
    }

    private static string? Text(IPartitionState state, string key) => state.Read(key) is { } value ? Encoding.UTF8.GetString(value) : null;

    private static StateDelta Delta(long position, params (string Key, string? Value)[] records) => new(
        position, [], [.. records.Select(record => StateRecord.Of(record.Key, record.Value is null ? null : Encoding.UTF8.GetBytes(record.Value)))]);
}
