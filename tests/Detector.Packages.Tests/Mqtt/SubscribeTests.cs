using Detector.Tests.Support;
using MQTTnet;
using MQTTnet.Exceptions;
using MQTTnet.Formatter;
using MQTTnet.Packets;
using MQTTnet.Protocol;

namespace Detector.Packages.Tests.Mqtt;

public sealed class SubscribeTests : IAsyncLifetime
{
    private MosquittoBroker _broker = null!;

    public static TheoryData<MqttProtocolVersion, MqttQualityOfServiceLevel> EveryDelivery => Clients.EveryDelivery;

    public async ValueTask InitializeAsync() => _broker = await MosquittoBroker.StartAsync();

    public ValueTask DisposeAsync() => _broker.DisposeAsync();

    [Theory]
    [MemberData(nameof(EveryDelivery))]
    public async Task Received_AnyDelivery_ComesFromOutsideClientInOrder(MqttProtocolVersion version, MqttQualityOfServiceLevel quality)
    {
        using IMqttClient client = await Clients.ConnectAsync(_broker, version);
        var inbox = new Inbox(client);
        await client.SubscribeAsync("plant/+/telemetry", quality);

        await _broker.PublishAsync("plant/p1/telemetry", Enumerable.Range(0, 300).Select(i => $"{i}"), "-q", $"{(int)quality}");
        await inbox.HoldsAsync(300);

        Assert.Equal(Enumerable.Range(0, 300).Select(i => $"{i}"), inbox.Texts);
        Assert.All(inbox.All, message => Assert.Equal(quality, message.ApplicationMessage.QualityOfServiceLevel));
        Assert.All(inbox.All, message => Assert.Equal("plant/p1/telemetry", message.ApplicationMessage.Topic));
        Assert.All(inbox.All, message => Assert.Equal(quality == MqttQualityOfServiceLevel.AtMostOnce, message.PacketIdentifier == 0));
    }

    [Fact]
    public async Task Received_WithProperties_AllAreRead()
    {
        using IMqttClient client = await Clients.ConnectAsync(_broker);
        var inbox = new Inbox(client);
        MqttClientSubscribeOptions options = new MqttClientSubscribeOptionsBuilder()
            .WithTopicFilter("t", MqttQualityOfServiceLevel.AtLeastOnce).WithSubscriptionIdentifier(77).Build();
        await client.SubscribeAsync(options, TestContext.Current.CancellationToken);

        await _broker.PublishAsync(
            "t", ["x"], "-q", "1", "-D", "publish", "user-property", "unit", "bar", "-D", "publish", "user-property", "ort", "Köln",
            "-D", "publish", "content-type", "text/plain", "-D", "publish", "response-topic", "r", "-D", "publish", "correlation-data", "c",
            "-D", "publish", "payload-format-indicator", "1", "-D", "publish", "message-expiry-interval", "60");

        MqttApplicationMessage message = (await inbox.TakeAsync()).ApplicationMessage;
        Assert.Equal(["unit = bar", "ort = Köln"], message.UserProperties.Select(property => property.ToString()));
        Assert.Equal("bar", message.UserProperties[0].ReadValueAsString());
        Assert.Equal("text/plain", message.ContentType);
        Assert.Equal("r", message.ResponseTopic);
        Assert.Equal("c"u8.ToArray(), message.CorrelationData);
        Assert.Equal(MqttPayloadFormatIndicator.CharacterData, message.PayloadFormatIndicator);
        Assert.Equal([77u], message.SubscriptionIdentifiers);
        Assert.InRange(message.MessageExpiryInterval, 1u, 60u);
    }

    [Fact]
    public async Task Received_NoLocal_LeavesOutOwnMessages()
    {
        using IMqttClient client = await Clients.ConnectAsync(_broker);
        var inbox = new Inbox(client);
        await client.SubscribeAsync(
            new MqttClientSubscribeOptionsBuilder().WithTopicFilter("t", MqttQualityOfServiceLevel.AtLeastOnce, noLocal: true).Build(), TestContext.Current.CancellationToken);

        await client.PublishStringAsync("t", "own", MqttQualityOfServiceLevel.AtLeastOnce, cancellationToken: TestContext.Current.CancellationToken);
        await _broker.PublishAsync("t", ["foreign"], "-q", "1");

        Assert.Equal("foreign", (await inbox.TakeAsync()).ApplicationMessage.ConvertPayloadToString());
    }

    [Theory]
    [InlineData(MqttRetainHandling.SendAtSubscribe, "old")]
    [InlineData(MqttRetainHandling.DoNotSendOnSubscribe, "new")]
    public async Task Received_RetainHandling_DecidesAboutWhatWasKept(MqttRetainHandling handling, string first)
    {
        await _broker.PublishAsync("t", ["old"], "-q", "1", "-r");
        using IMqttClient client = await Clients.ConnectAsync(_broker);
        var inbox = new Inbox(client);
        await client.SubscribeAsync(
            new MqttClientSubscribeOptionsBuilder().WithTopicFilter("t", MqttQualityOfServiceLevel.AtLeastOnce, retainHandling: handling).Build(),
            TestContext.Current.CancellationToken);
        await _broker.PublishAsync("t", ["new"], "-q", "1");

        Assert.Equal(first, (await inbox.TakeAsync()).ApplicationMessage.ConvertPayloadToString());
    }

    [Fact]
    public async Task SubscribeAsync_SeveralFilters_AnswersEach()
    {
        using IMqttClient client = await Clients.ConnectAsync(_broker);
        MqttClientSubscribeOptions options = new MqttClientSubscribeOptionsBuilder()
            .WithTopicFilter("a").WithTopicFilter("b/+", MqttQualityOfServiceLevel.AtLeastOnce).WithTopicFilter("c/#", MqttQualityOfServiceLevel.ExactlyOnce).Build();

        MqttClientSubscribeResult result = await client.SubscribeAsync(options, TestContext.Current.CancellationToken);

        Assert.Equal([MqttClientSubscribeResultCode.GrantedQoS0, MqttClientSubscribeResultCode.GrantedQoS1, MqttClientSubscribeResultCode.GrantedQoS2],
            result.Items.Select(item => item.ResultCode));
        Assert.Equal(["a", "b/+", "c/#"], result.Items.Select(item => item.TopicFilter.Topic));
    }

    [Theory]
    [InlineData(MqttProtocolVersion.V311, MqttClientUnsubscribeResultCode.Success)]
    [InlineData(MqttProtocolVersion.V500, MqttClientUnsubscribeResultCode.NoSubscriptionExisted)]
    public async Task UnsubscribeAsync_Twice_NothingComesAndTheSecondSaysSo(MqttProtocolVersion version, MqttClientUnsubscribeResultCode second)
    {
        using IMqttClient client = await Clients.ConnectAsync(_broker, version);
        var inbox = new Inbox(client);
        await client.SubscribeAsync("t", MqttQualityOfServiceLevel.AtLeastOnce);
        await client.SubscribeAsync("end", MqttQualityOfServiceLevel.AtLeastOnce);

        MqttClientUnsubscribeResult first = await client.UnsubscribeAsync("t", TestContext.Current.CancellationToken);
        MqttClientUnsubscribeResult again = await client.UnsubscribeAsync("t", TestContext.Current.CancellationToken);
        await _broker.PublishAsync("t", ["x"], "-q", "1");
        await _broker.PublishAsync("end", ["y"], "-q", "1");

        Assert.Equal(MqttClientUnsubscribeResultCode.Success, Assert.Single(first.Items).ResultCode);
        Assert.Equal(second, Assert.Single(again.Items).ResultCode);
        Assert.Equal("end", (await inbox.TakeAsync()).ApplicationMessage.Topic);
    }

    [Fact]
    public async Task SubscribeAsync_FilterWithHashInside_IsRefused()
    {
        using IMqttClient client = await Clients.ConnectAsync(_broker);

        await Assert.ThrowsAsync<MqttProtocolViolationException>(() => client.SubscribeAsync("a/#/b", cancellationToken: TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task SubscribeAsync_SharedGroup_EachMessageGoesToOneMember()
    {
        using IMqttClient first = await Clients.ConnectAsync(_broker);
        using IMqttClient second = await Clients.ConnectAsync(_broker);
        Inbox left = new(first), right = new(second);
        await first.SubscribeAsync("$share/workers/plant/+", MqttQualityOfServiceLevel.AtLeastOnce);
        await second.SubscribeAsync("$share/workers/plant/+", MqttQualityOfServiceLevel.AtLeastOnce);

        await _broker.PublishAsync("plant/p1", Enumerable.Range(0, 100).Select(i => $"{i}"), "-q", "1");
        await Until.TrueAsync(() => left.Count + right.Count >= 100, () => $"{left.Count} + {right.Count} messages came.");

        Assert.Equal(Enumerable.Range(0, 100).Select(i => $"{i}").Order(), left.Texts.Concat(right.Texts).Order());
        Assert.InRange(left.Count, 1, 99);
    }
}
