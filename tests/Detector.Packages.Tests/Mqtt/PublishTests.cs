using System.Text;
using Detector.Tests.Support;
using MQTTnet;
using MQTTnet.Exceptions;
using MQTTnet.Formatter;
using MQTTnet.Protocol;

namespace Detector.Packages.Tests.Mqtt;

public sealed class PublishTests : IAsyncLifetime
{
    private MosquittoBroker _broker = null!;

    public static TheoryData<MqttProtocolVersion, MqttQualityOfServiceLevel> EveryDelivery => Clients.EveryDelivery;

    public async ValueTask InitializeAsync() => _broker = await MosquittoBroker.StartAsync();

    public ValueTask DisposeAsync() => _broker.DisposeAsync();

    [Theory]
    [MemberData(nameof(EveryDelivery))]
    public async Task PublishAsync_AnyDelivery_ReachesOutsideClientInOrder(MqttProtocolVersion version, MqttQualityOfServiceLevel quality)
    {
        await using ExternalTool subscriber = await _broker.SubscribeAsync("plant/#", "-q", "2", "-C", "50", "-F", "%t %q %p");
        using IMqttClient client = await Clients.ConnectAsync(_broker, version);

        for (int i = 0; i < 50; i++)
        {
            MqttClientPublishResult result = await client.PublishStringAsync("plant/p1", $"{i}", quality, cancellationToken: TestContext.Current.CancellationToken);
            Assert.True(result.IsSuccess);
            Assert.Equal(quality == MqttQualityOfServiceLevel.AtMostOnce, result.PacketIdentifier is null or 0);
        }

        ToolResult seen = await subscriber.ExitAsync();
        IEnumerable<string> lines = seen.Output.Split('\n').Where(line => line.StartsWith("plant/", StringComparison.Ordinal));
        Assert.Equal(Enumerable.Range(0, 50).Select(i => $"plant/p1 {(int)quality} {i}"), lines);
    }

    [Fact]
    public async Task PublishAsync_AtOnce_AllAreAcknowledged()
    {
        using IMqttClient client = await Clients.ConnectAsync(_broker);
        using IMqttClient receiver = await Clients.ConnectAsync(_broker);
        var inbox = new Inbox(receiver);
        await receiver.SubscribeAsync("burst", MqttQualityOfServiceLevel.ExactlyOnce);

        // As many as the broker allows a publisher without an acknowledgement.
        Task<MqttClientPublishResult>[] burst = [.. Enumerable.Range(0, 20)
            .Select(i => client.PublishStringAsync("burst", $"{i}", (MqttQualityOfServiceLevel)(1 + (i % 2)), cancellationToken: TestContext.Current.CancellationToken))];
        MqttClientPublishResult[] results = await Task.WhenAll(burst);

        Assert.All(results, result => Assert.True(result.IsSuccess));
        Assert.Equal(20, results.Select(result => result.PacketIdentifier).Distinct().Count());
        await inbox.HoldsAsync(20);
        Assert.Equal(Enumerable.Range(0, 20).Select(i => $"{i}").Order(), inbox.Texts.Order());
    }

    [Fact]
    public async Task PublishAsync_FromManyThreads_EveryCallEnds()
    {
        using IMqttClient client = await Clients.ConnectAsync(_broker);

        // A packet that goes out with another thread's must end its own caller's wait too.
        Task[] threads = [.. Enumerable.Range(0, 4).Select(_ => Task.Run(async () =>
        {
            for (int i = 0; i < 20_000; i++)
                await client.PublishStringAsync("plant/p1", "1", cancellationToken: TestContext.Current.CancellationToken);
        }))];
        Task all = Task.WhenAll(threads);

        Assert.Same(all, await Task.WhenAny(all, Task.Delay(TimeSpan.FromMinutes(2), TestContext.Current.CancellationToken)));
        await all;
    }

    [Fact]
    public async Task PublishAsync_WithProperties_AllArrive()
    {
        await using ExternalTool subscriber = await _broker.SubscribeAsync("alerts", "-V", "5", "-C", "1", "-F", "%P|%C|%R|%D|%F|%E|%p");
        using IMqttClient client = await Clients.ConnectAsync(_broker);

        MqttApplicationMessage message = new MqttApplicationMessageBuilder()
            .WithTopic("alerts").WithPayload("body").WithQualityOfServiceLevel(MqttQualityOfServiceLevel.AtLeastOnce)
            .WithUserProperty("ce_type", (ReadOnlyMemory<byte>)"io.detector"u8.ToArray()).WithUserProperty("ce_id", (ReadOnlyMemory<byte>)"ü"u8.ToArray())
            .WithContentType("application/json").WithResponseTopic("answers").WithCorrelationData("abc"u8.ToArray())
            .WithPayloadFormatIndicator(MqttPayloadFormatIndicator.CharacterData).WithMessageExpiryInterval(3600).Build();
        await client.PublishAsync(message, TestContext.Current.CancellationToken);

        string seen = (await subscriber.ExitAsync()).Output;
        Assert.Contains("ce_type:io.detector ce_id:ü|application/json|answers|abc|1|3600|body", seen, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(127)]
    [InlineData(16_000)]
    [InlineData(3_000_000)]
    public async Task PublishAsync_AnyLength_ComesBackUnchanged(int length)
    {
        byte[] payload = new byte[length];
        new Random(length).NextBytes(payload);
        using IMqttClient client = await Clients.ConnectAsync(_broker);
        var inbox = new Inbox(client);
        await client.SubscribeAsync("größe/+", MqttQualityOfServiceLevel.AtLeastOnce);

        MqttApplicationMessage message = new MqttApplicationMessageBuilder()
            .WithTopic("größe/1").WithPayload(payload).WithQualityOfServiceLevel(MqttQualityOfServiceLevel.AtLeastOnce).Build();
        await client.PublishAsync(message, TestContext.Current.CancellationToken);

        MqttApplicationMessage received = (await inbox.TakeAsync()).ApplicationMessage;
        Assert.Equal("größe/1", received.Topic);
        Assert.Equal(payload, System.Buffers.BuffersExtensions.ToArray(received.Payload));
    }

    [Fact]
    public async Task PublishAsync_Retained_WaitsForSubscribers()
    {
        using IMqttClient client = await Clients.ConnectAsync(_broker);
        await client.PublishStringAsync("state", "kept", MqttQualityOfServiceLevel.AtLeastOnce, retain: true, TestContext.Current.CancellationToken);

        using IMqttClient late = await Clients.ConnectAsync(_broker);
        var inbox = new Inbox(late);
        await late.SubscribeAsync("state", MqttQualityOfServiceLevel.AtLeastOnce);

        MqttApplicationMessage received = (await inbox.TakeAsync()).ApplicationMessage;
        Assert.True(received.Retain);
        Assert.Equal("kept", received.ConvertPayloadToString());
    }

    [Theory]
    [InlineData("")]
    [InlineData("a/+/b")]
    [InlineData("a/#")]
    public async Task PublishAsync_TopicOfNoMessage_IsRefused(string topic)
    {
        using IMqttClient client = await Clients.ConnectAsync(_broker);
        var message = new MqttApplicationMessage { Topic = topic };

        await Assert.ThrowsAsync<MqttProtocolViolationException>(() => client.PublishAsync(message, TestContext.Current.CancellationToken));

        Assert.True(client.IsConnected);
    }

    [Fact]
    public async Task PublishAsync_PropertiesOfVersion5OnVersion311_AreRefused()
    {
        using IMqttClient client = await Clients.ConnectAsync(_broker, MqttProtocolVersion.V311);
        MqttApplicationMessage message = new MqttApplicationMessageBuilder().WithTopic("t").WithUserProperty("a", (ReadOnlyMemory<byte>)Encoding.UTF8.GetBytes("b")).Build();

        await Assert.ThrowsAsync<NotSupportedException>(() => client.PublishAsync(message, TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task PublishAsync_NotConnected_Throws()
    {
        using IMqttClient client = Clients.Create();

        await Assert.ThrowsAsync<MqttClientNotConnectedException>(() => client.PublishStringAsync("t", cancellationToken: TestContext.Current.CancellationToken));
    }
}
