using System.Collections.Concurrent;
using System.Text;
using Confluent.Kafka;
using Detector.Worker.Cli.Quickstart;
using Detector.Worker.Publishing;
using Detector.Worker.Tests.Kafka;
using Microsoft.Extensions.Logging.Abstractions;

namespace Detector.Worker.Tests.Publishing;

public sealed class KafkaSinkTests
{
    private static readonly TimeSpan s_soon = TimeSpan.FromSeconds(30);
    private readonly ConcurrentQueue<string> _errors = [];
    private readonly Claims _claims = new();

    private static CancellationToken Never => CancellationToken.None;

    [Fact]
    public void Publish_Records_ArriveWithKeyAndHeadersAndReleaseTheirReceipts()
    {
        using var topic = new TestTopic(1);
        using KafkaSink sink = Sink(topic.Sink());
        for (int i = 0; i < 500; i++)
            sink.Publish(_claims.Record(i), Never);
        Assert.Equal(0, sink.Flush(s_soon));

        Assert.Equal(500, _claims.Released.Count);
        Assert.Empty(_errors);
        List<Message<byte[], byte[]>> messages = topic.Read(500, s_soon);
        Assert.Equal(Enumerable.Range(0, 500).Select(i => $"{i}"), messages.Select(Text));
        Assert.All(messages, message => Assert.Equal("pump-1", Encoding.UTF8.GetString(message.Key)));
        Assert.Equal([("ce_id", "id-499"), ("ce_subject", "pümp")], messages[499].Headers.Select(header => (header.Key, Encoding.UTF8.GetString(header.GetValueBytes()))));
    }

    [Fact]
    public void Create_NothingPublishedYet_HasLookedItsTopicUp()
    {
        const string Untouched = "untouched"; // the broker makes a topic when a producer asks for it
        using var topic = new TestTopic(1);
        SinkOptions options = topic.Sink();
        options.Topic = Untouched;
        using KafkaSink sink = Sink(options);
        using IAdminClient client = new AdminClientBuilder(new AdminClientConfig { BootstrapServers = topic.Broker.BootstrapServers }).Build();
        RunningSource.Until(() => client.GetMetadata(s_soon).Topics.Exists(known => known.Topic == Untouched), "the sink asks for its topic");
    }

    [Fact]
    public void Create_BrokerThatIsNotThere_IsDisposedOfAllTheSame()
    {
        using var topic = new TestTopic(1);
        topic.Broker.SetBrokerDown();
        using (Sink(topic.Sink()))
            Assert.Empty(_errors);
    }

    [Fact]
    public void Publish_BrokerGoesAndComesBack_DeliversEverythingInOrder()
    {
        using var topic = new TestTopic(1);
        // The client itself gives up after a second, so that the sink's own retries have to carry the rest.
        using KafkaSink sink = Sink(topic.Sink(("message.timeout.ms", "1000")));
        sink.Publish(_claims.Record(0), Never);
        Assert.Equal(0, sink.Flush(s_soon));
        topic.Broker.SetBrokerDown();
        for (int i = 1; i < 50; i++)
            sink.Publish(_claims.Record(i), Never);
        RunningSource.Until(() => _errors.Count >= 49, "the client gives up");
        Assert.Single(_claims.Released);
        Assert.Equal(49, sink.Flush(TimeSpan.FromMilliseconds(200)));

        topic.Broker.SetBrokerUp();
        Assert.Equal(0, sink.Flush(TimeSpan.FromSeconds(60)));
        Assert.Equal(50, _claims.Released.Distinct().Count());
        Assert.All(_errors, error => Assert.Equal("timeout", error));
        Assert.Equal(Enumerable.Range(0, 50).Select(i => $"{i}"), topic.Read(50, s_soon).Select(Text));
    }

    /// <summary>
    /// Each message is a batch of its own, and the answers are late, so that as many are under way as may be when one is refused. More than one must not be: the
    /// embedded broker takes what follows a refused batch.
    /// </summary>
    [Theory]
    [InlineData((int)ErrorCode.NotLeaderForPartition)]
    [InlineData((int)ErrorCode.RequestTimedOut)]
    [InlineData((int)ErrorCode.NotEnoughReplicas)]
    [InlineData((int)ErrorCode.Local_Transport)]
    public void Publish_BatchesAreRefused_ReleasesNothingThatIsNotStored(int error)
    {
        using var topic = new TestTopic(1);
        using KafkaSink sink = Sink(topic.Sink(
            ("batch.num.messages", "1"), ("retry.backoff.ms", "20"), ("max.in.flight.requests.per.connection", "1")));
        sink.Publish(_claims.Record(0), Never);
        Assert.Equal(0, sink.Flush(s_soon));

        topic.Broker.SetRoundTripTime(TimeSpan.FromMilliseconds(50));
        topic.Broker.PushRequestErrors(EmbeddedBrokerRequest.Produce, error, 0, 0, error, error, 0, error);
        for (int i = 1; i < 20; i++)
            sink.Publish(_claims.Record(i), Never);
        Assert.Equal(0, sink.Flush(s_soon));
        Assert.Equal(Enumerable.Range(0, 20).Select(i => $"{i}"), topic.Read(20, s_soon).Select(Text));
    }

    [Fact]
    public void Publish_TooLarge_IsCountedAndReleased()
    {
        using var topic = new TestTopic(1);
        using KafkaSink sink = Sink(topic.Sink(("message.max.bytes", "2000")));
        sink.Publish(_claims.Record(1, bytes: 5000), Never);
        sink.Publish(_claims.Record(2), Never);
        Assert.Equal(0, sink.Flush(s_soon));
        Assert.Equal(["too_large"], _errors);
        Assert.Equal([1, 2], _claims.Released.Order());
        Assert.Equal(["2"], topic.Read(1, s_soon).Select(Text));
    }

    [Fact]
    public void Publish_NotAuthorized_IsCountedAndReleased()
    {
        using var topic = new TestTopic(1);
        topic.Broker.PushRequestErrors(EmbeddedBrokerRequest.Produce, (int)ErrorCode.TopicAuthorizationFailed);
        using KafkaSink sink = Sink(topic.Sink(("enable.idempotence", "false")));
        sink.Publish(_claims.Record(1), Never);
        Assert.Equal(0, sink.Flush(s_soon));
        Assert.Equal(["not_authorized"], _errors);
        Assert.Equal([1L], _claims.Released);
    }

    /// <summary>What the client gives up after its own attempts the sink tries again: the next one may pass.</summary>
    [Fact]
    public void Publish_CorruptOnItsWay_IsSentAgain()
    {
        using var topic = new TestTopic(1);
        topic.Broker.PushRequestErrors(EmbeddedBrokerRequest.Produce, (int)ErrorCode.InvalidMsg);
        using KafkaSink sink = Sink(topic.Sink(("enable.idempotence", "false"), ("message.send.max.retries", "0")));
        sink.Publish(_claims.Record(1), Never);
        Assert.Equal(0, sink.Flush(s_soon));
        Assert.Equal(["corrupt"], _errors);
        Assert.Equal([1L], _claims.Released);
        Assert.Equal(["1"], topic.Read(1, s_soon).Select(Text));
    }

    [Fact]
    public void Publish_ClientBreaks_ANewOneDelivers()
    {
        using var topic = new TestTopic(1);
        // An idempotent producer that meets this on a first attempt is beyond repair.
        topic.Broker.PushRequestErrors(EmbeddedBrokerRequest.Produce, (int)ErrorCode.OutOfOrderSequenceNumber);
        using KafkaSink sink = Sink(topic.Sink());
        sink.Publish(_claims.Record(1), Never);
        sink.Publish(_claims.Record(2), Never);
        Assert.Equal(0, sink.Flush(s_soon));
        Assert.Equal([1, 2], _claims.Released.Order());
        Assert.NotEmpty(_errors);
        Assert.Equal(["1", "2"], topic.Read(2, s_soon).Select(Text));
    }

    [Fact]
    public void Publish_GivenUpWhileTheQueueIsFull_KeepsTheReceipt()
    {
        using var topic = new TestTopic(1);
        topic.Broker.SetBrokerDown();
        using KafkaSink sink = Sink(topic.Sink(("queue.buffering.max.messages", "5")));
        for (int i = 0; i < 5; i++)
            sink.Publish(_claims.Record(i), Never);
        using var stop = new CancellationTokenSource(TimeSpan.FromMilliseconds(100));
        sink.Publish(_claims.Record(5), stop.Token);
        Assert.True(stop.IsCancellationRequested);
        Assert.Empty(_claims.Released);
        Assert.Equal(6, sink.Flush(TimeSpan.FromMilliseconds(50)));
    }

    [Fact]
    public void Settings_UserSettings_OutrankOurDefaults()
    {
        var options = new SinkOptions();
        options.Client["compression.type"] = "none";
        Dictionary<string, string> settings = KafkaSink.Settings(options);
        Assert.Equal(("none", "true", "all"), (settings["compression.type"], settings["enable.idempotence"], settings["acks"]));
    }

    private static string Text(Message<byte[], byte[]> message) => Encoding.UTF8.GetString(message.Value);

    private KafkaSink Sink(SinkOptions options) => new("alerts", options, NullLogger.Instance, _errors.Enqueue);
}
