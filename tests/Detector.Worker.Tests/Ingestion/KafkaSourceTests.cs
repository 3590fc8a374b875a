using System.Collections.Concurrent;
using System.Globalization;
using Detector.Tests.Support;
using Detector.Worker.Ingestion;
using Detector.Worker.Tests.Kafka;

namespace Detector.Worker.Tests.Ingestion;

public sealed class KafkaSourceTests
{
    [Fact]
    public void Run_WithHistory_OnlyPartitionsThatNobodyHasReadBeginInThePast()
    {
        using var topic = new TestTopic(2);
        topic.Produce(0, Enumerable.Range(0, 10));
        topic.Commit(0, 4);
        var options = topic.Source();
        options.History = TimeSpan.FromDays(7);
        long before = TimeProvider.System.GetUtcNow().Ticks;
        using var running = new RunningSource(options);
        RunningSource.Until(() => running.Source.IsReady, "partitions are assigned");
        topic.Produce(1, Enumerable.Range(0, 5));
        running.UntilReceived(11);

        Assert.Equal(Enumerable.Range(4, 6).Select(i => (long)i), running.Inbox.Messages.Where(message => message.Partition == 0).Select(message => message.Offset));
        Assert.Equal(5, running.Inbox.Messages.Count(message => message.Partition == 1));
        Assert.InRange(Assert.Single(running.Inbox.Pasts), before, TimeProvider.System.GetUtcNow().Ticks);
    }

    [Fact]
    public async Task Run_WithHistory_BeginsAtTheOffsetThatTheBrokerFindsByTime()
    {
        using var topic = new TestTopic(2);
        topic.Produce(0, Enumerable.Range(0, 10));
        topic.Produce(1, Enumerable.Range(0, 10));
        topic.Commit(1, 8);
        var asked = new ConcurrentQueue<(int Partition, long Milliseconds)>();
        // Six messages of the first partition are older than what is asked for.
        TimeSearch Search() => new((partition, milliseconds) =>
        {
            asked.Enqueue((partition, milliseconds));
            return 6;
        });
        await using var gate = new KafkaGate(int.Parse(topic.Broker.BootstrapServers.Split(':')[1], CultureInfo.InvariantCulture), search: Search);
        SourceOptions options = topic.Source();
        options.Client["bootstrap.servers"] = string.Create(CultureInfo.InvariantCulture, $"127.0.0.1:{gate.Port}");
        options.History = TimeSpan.FromDays(7);
        long since = TimeProvider.System.GetUtcNow().AddDays(-7).ToUnixTimeMilliseconds();
        using var running = new RunningSource(options);
        running.UntilReceived(6);

        Assert.Equal([6L, 7, 8, 9], running.Inbox.Messages.Where(message => message.Partition == 0).Select(message => message.Offset));
        Assert.Equal([8L, 9], running.Inbox.Messages.Where(message => message.Partition == 1).Select(message => message.Offset));
        (int partition, long milliseconds) = Assert.Single(asked.Distinct());
        Assert.Equal(0, partition);
        Assert.InRange(milliseconds, since, TimeProvider.System.GetUtcNow().AddDays(-7).ToUnixTimeMilliseconds());
        Assert.Single(running.Inbox.Pasts);
    }

    [Fact]
    public void Run_MessagesInTopic_ArriveInOrderWithKeyAndPosition()
    {
        using var topic = new TestTopic(2);
        topic.Produce(0, Enumerable.Range(0, 1000));
        topic.Produce(1, Enumerable.Range(0, 500));
        using var running = new RunningSource(topic.Source());
        Assert.False(running.Source.IsReady);
        running.UntilReceived(1500);

        Assert.True(running.Source.IsReady);
        foreach (int partition in new[] { 0, 1 })
        {
            var messages = running.Inbox.Messages.Where(message => message.Partition == partition).ToList();
            Assert.Equal(Enumerable.Range(0, partition == 0 ? 1000 : 500).Select(i => ($"{i}", (long)i)), messages.Select(message => (message.Payload, message.Offset)));
            Assert.All(messages, message => Assert.Equal((TestTopic.Name, $"key {partition}"), (message.Topic, message.Key)));
        }

        RunningSource.Until(() => running.Source.Lag == 0, "the lag is over");
        running.Dispose();
        Assert.Equal((1000, 500), (topic.Committed(0), topic.Committed(1)));
    }

    [Fact]
    public void Run_CommittedPositionIsPastRetention_TellsWhatIsGone()
    {
        using var topic = new TestTopic(1);
        topic.Commit(0, 10);
        // The embedded broker keeps 5 MB of a partition.
        foreach (int[] chunk in Enumerable.Range(0, 400_000).Chunk(50_000))
            topic.Produce(0, chunk);
        using var running = new RunningSource(topic.Source(), new Inbox { KeepsState = true });
        running.UntilReceived(1);
        long first = running.Inbox.Messages.First().Offset;
        Assert.True(first > 10, $"the first message is {first}");
        RunningSource.Until(() => running.Inbox.LostMessages > 0, "the source tells of the messages that are gone");
        Assert.Equal(first - 10, running.Inbox.LostMessages);
    }

    [Fact]
    public void Run_PipelineFullForLong_PausesAndGoesOnWithoutLoss()
    {
        using var topic = new TestTopic(2);
        topic.Produce(0, Enumerable.Range(0, 2000));
        topic.Produce(1, Enumerable.Range(0, 2000));
        var inbox = new Inbox();
        int next = 100;
        inbox.Accepted = count => inbox.Open = count != next;
        using var running = new RunningSource(topic.Source(), inbox);
        foreach (int stop in new[] { 100, 101, 1500, 3000 })
        {
            Volatile.Write(ref next, stop);
            inbox.Open = true;
            running.UntilReceived(stop);
            int idles = inbox.Idles;
            // Long enough for the partitions to be paused; the source must go on looking after the pipeline meanwhile.
            RunningSource.Until(() => inbox.Idles > idles + 120, "the source idles while it is refused");
            Assert.Equal(stop, inbox.Messages.Count);
        }

        Volatile.Write(ref next, -1);
        inbox.Open = true;
        running.UntilReceived(4000);
        running.Dispose();
        foreach (int partition in new[] { 0, 1 })
            Assert.Equal(Enumerable.Range(0, 2000).Select(i => (long)i), inbox.Messages.Where(message => message.Partition == partition).Select(message => message.Offset));
        Assert.Equal((2000, 2000), (topic.Committed(0), topic.Committed(1)));
    }

    [Fact]
    public void Run_OnePartitionFull_PausesThatOneOnly()
    {
        using var topic = new TestTopic(2);
        topic.Produce(0, Enumerable.Range(0, 100));
        topic.Produce(1, Enumerable.Range(0, 100));
        var inbox = new Inbox { ReleaseAtOnce = false };
        using var running = new RunningSource(topic.Source(maxInFlight: 10), inbox);
        RunningSource.Until(() => Read(1).Count == 10 && Read(0).Count == 10, "both partitions are full");

        // One partition finishes what it gets, the other nothing.
        int released = 0;
        RunningSource.Until(
            () =>
            {
                List<Contracts.Receipt> received = Read(1);
                for (; released < received.Count; released++)
                    received[released].Release();
                return released == 100;
            },
            "the other partition is read to its end");
        Assert.Equal(10, Read(0).Count);

        released = 0;
        RunningSource.Until(
            () =>
            {
                List<Contracts.Receipt> received = Read(0);
                for (; released < received.Count; released++)
                    received[released].Release();
                return released == 100;
            },
            "the full partition goes on");
        running.Dispose();
        Assert.Equal(Enumerable.Range(0, 100).Select(i => (long)i), inbox.Messages.Where(message => message.Partition == 0).Select(message => message.Offset));
        Assert.Equal((100, 100), (topic.Committed(0), topic.Committed(1)));

        List<Contracts.Receipt> Read(int partition) => [.. inbox.Messages.Where(message => message.Partition == partition).Select(message => message.Receipt)];
    }

    [Fact]
    public void Run_AfterARestart_ReadsExactlyWhatWasUnfinished()
    {
        using var topic = new TestTopic(1);
        topic.Produce(0, Enumerable.Range(0, 20));
        using (var first = new RunningSource(topic.Source(), new Inbox { ReleaseAtOnce = false }))
        {
            first.UntilReceived(20);
            foreach ((_, _, _, _, long offset, Contracts.Receipt receipt) in first.Inbox.Messages)
            {
                if (offset is < 10 or 12)
                    receipt.Release();
            }

            first.Stop();
            first.Inbox.Messages.First(message => message.Offset == 10).Receipt.Release();
            first.Source.StoreFinished();
        }

        Assert.Equal(11, topic.Committed(0));
        using var second = new RunningSource(topic.Source());
        second.UntilReceived(9);
        Assert.Equal(Enumerable.Range(11, 9).Select(i => (long)i), second.Inbox.Messages.Select(message => message.Offset));
    }

    [Fact]
    public void Run_BrokerGoesAndComesBack_GoesOn()
    {
        using var topic = new TestTopic(1);
        topic.Produce(0, Enumerable.Range(0, 10));
        using var running = new RunningSource(topic.Source());
        running.UntilReceived(10);
        topic.Broker.SetBrokerDown();
        int idles = running.Inbox.Idles;
        RunningSource.Until(() => running.Inbox.Idles > idles + 200, "the source idles without a broker");
        topic.Broker.SetBrokerUp();
        topic.Produce(0, Enumerable.Range(10, 10));
        running.UntilReceived(20);
        running.Dispose();
        Assert.Equal(Enumerable.Range(0, 20).Select(i => (long)i), running.Inbox.Messages.Select(message => message.Offset).Distinct());
        Assert.Equal(20, topic.Committed(0));
    }

    [Fact]
    public void Run_BrokerDoesNotAnswer_SaysThatItIsCutOffUntilItDoes()
    {
        using var topic = new TestTopic(1);
        topic.Produce(0, Enumerable.Range(0, 10));
        using var running = new RunningSource(topic.Source());
        running.UntilReceived(10);
        UntilAllIsSaid(running.Inbox);
        topic.Broker.SetBrokerDown();
        RunningSource.Until(() => running.Inbox.CutOffs > 0, "the source is cut off");
        topic.Broker.SetBrokerUp();
        UntilAllIsSaid(running.Inbox);
    }

    [Fact]
    public void Settings_UserSettings_OutrankOurDefaultsButNotWhatDeliveryRestsOn()
    {
        var options = new SourceOptions();
        options.Client["auto.offset.reset"] = "latest";
        options.Client["enable.auto.offset.store"] = "true";
        Dictionary<string, string> settings = KafkaSource.Settings(options);
        Assert.Equal(("latest", "false", "cooperative-sticky"),
            (settings["auto.offset.reset"], settings["enable.auto.offset.store"], settings["partition.assignment.strategy"]));
    }

    /// <summary>Waits until the source has been idle for longer than it takes to ask the broker, and has not been cut off.</summary>
    private static void UntilAllIsSaid(Inbox inbox)
    {
        int idles = inbox.Idles, cutOffs = inbox.CutOffs;
        RunningSource.Until(
            () =>
            {
                if (inbox.CutOffs != cutOffs)
                    (idles, cutOffs) = (inbox.Idles, inbox.CutOffs);
                return inbox.Idles > idles + 300;
            },
            "the source knows that there is no more");
    }
}
