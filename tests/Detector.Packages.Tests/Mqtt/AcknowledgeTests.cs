using Detector.Tests.Support;
using MQTTnet;
using MQTTnet.Formatter;
using MQTTnet.Protocol;

namespace Detector.Packages.Tests.Mqtt;

/// <summary>Acknowledging by hand, and sessions that outlive a connection.</summary>
public sealed class AcknowledgeTests : IAsyncLifetime
{
    private MosquittoBroker _broker = null!;

    public static TheoryData<MqttProtocolVersion, MqttQualityOfServiceLevel> CertainDelivery { get; } = new(
        from version in (MqttProtocolVersion[])[MqttProtocolVersion.V311, MqttProtocolVersion.V500]
        from quality in (MqttQualityOfServiceLevel[])[MqttQualityOfServiceLevel.AtLeastOnce, MqttQualityOfServiceLevel.ExactlyOnce]
        select (version, quality));

    public async ValueTask InitializeAsync() => _broker = await MosquittoBroker.StartAsync();

    public ValueTask DisposeAsync() => _broker.DisposeAsync();

    [Theory]
    [InlineData(MqttQualityOfServiceLevel.AtLeastOnce)]
    [InlineData(MqttQualityOfServiceLevel.ExactlyOnce)]
    public async Task Received_ReceiveMaximum_StopsTheFlowUntilAcknowledged(MqttQualityOfServiceLevel quality)
    {
        using IMqttClient client = await Clients.ConnectAsync(_broker, configure: options => options.WithReceiveMaximum(5));
        var inbox = new Inbox(client, autoAcknowledge: false);
        await client.SubscribeAsync("t", quality);
        await _broker.PublishAsync("t", Enumerable.Range(0, 30).Select(i => $"{i}"), "-q", $"{(int)quality}");

        await inbox.HoldsAsync(5);
        await client.PingAsync(TestContext.Current.CancellationToken); // What was sent before the answer has come.
        Assert.Equal(5, inbox.Count); // Later on mosquitto 2.0.11 itself sends more than that.

        var taken = new List<string>();
        for (int i = 0; i < 30; i++)
        {
            MqttApplicationMessageReceivedEventArgs message = await inbox.TakeAsync();
            taken.Add(message.ApplicationMessage.ConvertPayloadToString()!);
            await message.AcknowledgeAsync(TestContext.Current.CancellationToken);
        }

        Assert.Equal(Enumerable.Range(0, 30).Select(i => $"{i}"), taken);
    }

    [Theory]
    [MemberData(nameof(CertainDelivery))]
    public async Task ConnectAsync_SessionKept_UnacknowledgedComesAgainAndQueuedComes(MqttProtocolVersion version, MqttQualityOfServiceLevel quality)
    {
        using IMqttClient client = Clients.Create();
        var inbox = new Inbox(client, autoAcknowledge: false);
        MqttClientConnectResult fresh = await Clients.ConnectAsync(client, _broker, version, Keep(version));
        await client.SubscribeAsync("t", quality);
        await _broker.PublishAsync("t", ["0", "1", "2"], "-q", $"{(int)quality}");
        await inbox.HoldsAsync(3);
        await inbox.All[0].AcknowledgeAsync(TestContext.Current.CancellationToken);
        await client.PingAsync(TestContext.Current.CancellationToken);
        ushort unacknowledged = inbox.All[1].PacketIdentifier;
        await client.DisconnectAsync(cancellationToken: TestContext.Current.CancellationToken);
        await _broker.PublishAsync("t", ["3", "4"], "-q", $"{(int)quality}");

        MqttClientConnectResult resumed = await Clients.ConnectAsync(client, _broker, version, Keep(version));
        await inbox.HoldsAsync(7);

        Assert.False(fresh.IsSessionPresent);
        Assert.True(resumed.IsSessionPresent);
        Assert.Equal(["0", "1", "2", "1", "2", "3", "4"], inbox.Texts);
        Assert.True(inbox.All[3].ApplicationMessage.Dup);
        Assert.Equal(unacknowledged, inbox.All[3].PacketIdentifier);
        Assert.False(inbox.All[5].ApplicationMessage.Dup);
    }

    [Fact]
    public async Task ConnectAsync_CleanStart_ForgetsTheSession()
    {
        using IMqttClient client = Clients.Create();
        await Clients.ConnectAsync(client, _broker, configure: Keep(MqttProtocolVersion.V500));
        await client.DisconnectAsync(cancellationToken: TestContext.Current.CancellationToken);

        MqttClientConnectResult result = await Clients.ConnectAsync(client, _broker, configure: options => options.WithClientId("keeper").WithCleanStart());

        Assert.False(result.IsSessionPresent);
    }

    [Fact]
    public async Task Received_ProcessingFailed_IsNotAcknowledged()
    {
        using IMqttClient client = Clients.Create();
        client.ApplicationMessageReceivedAsync += message =>
        {
            message.ProcessingFailed = message.ApplicationMessage.ConvertPayloadToString() == "bad";
            return Task.CompletedTask;
        };
        await FirstLifeAsync(client);

        Assert.Equal(["bad"], await SecondLifeAsync());
    }

    [Fact]
    public async Task Received_HandlerThrows_IsNotAcknowledgedAndTheNextComes()
    {
        using IMqttClient client = Clients.Create();
        client.ApplicationMessageReceivedAsync += message =>
            message.ApplicationMessage.ConvertPayloadToString() == "bad" ? throw new InvalidOperationException("bad") : Task.CompletedTask;
        await FirstLifeAsync(client);

        Assert.Equal(["bad"], await SecondLifeAsync());
    }

    [Fact]
    public async Task AcknowledgeAsync_Twice_Throws()
    {
        using IMqttClient client = await Clients.ConnectAsync(_broker);
        var inbox = new Inbox(client, autoAcknowledge: false);
        await client.SubscribeAsync("t", MqttQualityOfServiceLevel.AtLeastOnce);
        await _broker.PublishAsync("t", ["x"], "-q", "1");
        MqttApplicationMessageReceivedEventArgs message = await inbox.TakeAsync();
        await message.AcknowledgeAsync(TestContext.Current.CancellationToken);

        await Assert.ThrowsAsync<InvalidOperationException>(() => message.AcknowledgeAsync(TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Received_SlowHandler_RunsOneMessageAtATime()
    {
        using IMqttClient client = await Clients.ConnectAsync(_broker);
        var order = new List<string>();
        int running = 0, most = 0;
        client.ApplicationMessageReceivedAsync += async message =>
        {
            most = Math.Max(most, Interlocked.Increment(ref running));
            await Task.Delay(5);
            order.Add(message.ApplicationMessage.ConvertPayloadToString()!);
            Interlocked.Decrement(ref running);
        };
        await client.SubscribeAsync("t", MqttQualityOfServiceLevel.AtMostOnce);
        await _broker.PublishAsync("t", Enumerable.Range(0, 20).Select(i => $"{i}"));
        await Until.TrueAsync(() => order.Count == 20, () => $"{order.Count} of 20 messages were handled.");

        Assert.Equal(Enumerable.Range(0, 20).Select(i => $"{i}"), order);
        Assert.Equal(1, most);
    }

    private static Action<MqttClientOptionsBuilder> Keep(MqttProtocolVersion version) => options =>
    {
        options.WithClientId("keeper").WithCleanSession(false);
        if (version == MqttProtocolVersion.V500)
            options.WithSessionExpiryInterval(600);
    };

    private async Task FirstLifeAsync(IMqttClient client)
    {
        int handled = 0;
        client.ApplicationMessageReceivedAsync += _ =>
        {
            handled++;
            return Task.CompletedTask;
        };
        await Clients.ConnectAsync(client, _broker, configure: Keep(MqttProtocolVersion.V500));
        await client.SubscribeAsync("t", MqttQualityOfServiceLevel.AtLeastOnce);
        await _broker.PublishAsync("t", ["good", "bad", "last"], "-q", "1");
        await Until.TrueAsync(() => handled >= 2, () => $"{handled} messages were handled.");
        await client.PingAsync(TestContext.Current.CancellationToken);
        await client.PingAsync(TestContext.Current.CancellationToken);
        await client.DisconnectAsync(cancellationToken: TestContext.Current.CancellationToken);
    }

    private async Task<string[]> SecondLifeAsync()
    {
        using IMqttClient client = Clients.Create();
        var inbox = new Inbox(client);
        await Clients.ConnectAsync(client, _broker, configure: Keep(MqttProtocolVersion.V500));
        await inbox.HoldsAsync(1);
        await client.PingAsync(TestContext.Current.CancellationToken);
        return inbox.Texts;
    }
}
