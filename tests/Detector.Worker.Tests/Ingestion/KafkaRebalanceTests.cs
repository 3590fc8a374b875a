using Detector.Worker.Tests.Kafka;

namespace Detector.Worker.Tests.Ingestion;

public sealed class KafkaRebalanceTests
{
    [Theory]
    [InlineData("cooperative-sticky")]
    [InlineData("range")]
    public void Run_SecondMemberJoins_FinishedIsNotReadAgainAndUnfinishedIs(string strategy)
    {
        using var topic = new TestTopic(2);
        topic.Produce(0, Enumerable.Range(0, 50));
        topic.Produce(1, Enumerable.Range(0, 50));
        var options = topic.Source();
        options.Client["partition.assignment.strategy"] = strategy;
        // The embedded broker, unlike Kafka, refuses the commits of members that give partitions up: what is finished must be committed before.
        options.Client["auto.commit.interval.ms"] = "50";
        using var first = new RunningSource(options, new Inbox { ReleaseAtOnce = false });
        first.UntilReceived(100);
        foreach (var message in first.Inbox.Messages.Where(message => message.Offset != 40))
            message.Receipt.Release();
        RunningSource.Until(() => topic.Committed(0) == 40 && topic.Committed(1) == 40, "the finished prefix is committed");

        using var second = new RunningSource(options);
        second.UntilReceived(10);
        int moved = second.Inbox.Messages.First().Partition;
        Assert.Equal(Enumerable.Range(40, 10).Select(i => (long)i), second.Inbox.Messages.Where(message => message.Partition == moved).Select(message => message.Offset));

        // A release that comes too late belongs to nobody, and what follows goes to the new owner.
        first.Inbox.Messages.First(message => message.Partition == moved && message.Offset == 40).Receipt.Release();
        first.Source.StoreFinished();
        topic.Produce(moved, Enumerable.Range(50, 5));
        RunningSource.Until(() => second.Inbox.Messages.Any(message => message.Partition == moved && message.Offset == 54), "the new owner reads on");
        Assert.DoesNotContain(first.Inbox.Messages, message => message.Partition == moved && message.Offset >= 50);
    }

    [Fact]
    public async Task Dispose_WhileTheGroupIsJoined_EndsTheMemberOnly()
    {
        using var topic = new TestTopic(2);
        topic.Produce(0, Enumerable.Range(0, 10));
        for (int round = 0; round < 8; round++)
        {
            // librdkafka before 2.3 ends the process over a member that leaves between joining and its first assignment.
            RunningSource[] members = [.. Enumerable.Range(0, 5).Select(_ => new RunningSource(topic.Source()))];
            await Task.Delay(TimeSpan.FromMilliseconds(200 * round), TestContext.Current.CancellationToken);
            await Task.WhenAll(members.Select(member => Task.Run(member.Dispose)));
        }

        using var last = new RunningSource(topic.Source());
        last.UntilReceived(10);
    }

    [Fact]
    public void Run_MemberLeaves_TheOtherTakesItsPartitions()
    {
        using var topic = new TestTopic(4);
        using var first = new RunningSource(topic.Source());
        var second = new RunningSource(topic.Source());
        RunningSource.Until(() => first.Source.IsReady && second.Source.IsReady, "both are ready");
        for (int partition = 0; partition < 4; partition++)
            topic.Produce(partition, Enumerable.Range(0, 100));
        RunningSource.Until(() => first.Inbox.Messages.Count + second.Inbox.Messages.Count >= 400, "all is read");
        second.Dispose();
        for (int partition = 0; partition < 4; partition++)
            topic.Produce(partition, Enumerable.Range(100, 100));
        RunningSource.Until(
            () => first.Inbox.Messages.Concat(second.Inbox.Messages).Select(message => (message.Partition, message.Offset)).Distinct().Count() == 800, "all of the rest is read");
    }
}
