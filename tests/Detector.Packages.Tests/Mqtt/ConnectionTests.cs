using Detector.Tests.Support;
using MQTTnet;
using MQTTnet.Exceptions;
using MQTTnet.Formatter;
using MQTTnet.Protocol;

namespace Detector.Packages.Tests.Mqtt;

/// <summary>How connections begin and end.</summary>
public sealed class ConnectionTests : IAsyncLifetime
{
    private MosquittoBroker _broker = null!;

    public async ValueTask InitializeAsync() => _broker = await MosquittoBroker.StartAsync();

    public ValueTask DisposeAsync() => _broker.DisposeAsync();

    [Theory]
    [InlineData(MqttProtocolVersion.V311)]
    [InlineData(MqttProtocolVersion.V500)]
    public async Task ConnectAsync_RaisesEventsInOrder(MqttProtocolVersion version)
    {
        using IMqttClient client = Clients.Create();
        var events = new List<string>();
        var ended = new TaskCompletionSource<MqttClientDisconnectedEventArgs>();
        client.ConnectingAsync += _ => Task.Run(() => events.Add("connecting"));
        client.ConnectedAsync += e => Task.Run(() => events.Add($"connected {e.ConnectResult.ResultCode}"));
        client.DisconnectedAsync += e => Task.Run(() => ended.SetResult(e));

        MqttClientConnectResult result = await Clients.ConnectAsync(client, _broker, version);
        Assert.True(client.IsConnected);
        await client.PingAsync(TestContext.Current.CancellationToken);
        await client.DisconnectAsync(cancellationToken: TestContext.Current.CancellationToken);
        MqttClientDisconnectedEventArgs end = await ended.Task.WaitAsync(TestContext.Current.CancellationToken);

        Assert.Equal(["connecting", "connected Success"], events);
        Assert.True(end.ClientWasConnected);
        Assert.Null(end.Exception);
        Assert.Equal(MqttClientDisconnectReason.NormalDisconnection, end.Reason);
        Assert.False(client.IsConnected);
        Assert.False(result.IsSessionPresent);
        Assert.True(result.RetainAvailable);
        Assert.Equal(version == MqttProtocolVersion.V500 ? 0u : null, result.MaximumPacketSize);
        Assert.Equal(version == MqttProtocolVersion.V500 ? (ushort)20 : null, result.ReceiveMaximum);
    }

    [Fact]
    public async Task ConnectAsync_NobodyListens_Throws()
    {
        using IMqttClient client = Clients.Create();
        var ended = new TaskCompletionSource<MqttClientDisconnectedEventArgs>();
        client.DisconnectedAsync += e => Task.Run(() => ended.SetResult(e));

        Exception error = await Assert.ThrowsAsync<MqttCommunicationException>(
            () => client.ConnectAsync(Clients.To(FreePort.Next()).Build(), TestContext.Current.CancellationToken));

        MqttClientDisconnectedEventArgs end = await ended.Task.WaitAsync(TestContext.Current.CancellationToken);
        Assert.False(end.ClientWasConnected);
        Assert.Same(error, end.Exception);
        Assert.False(client.IsConnected);
        await Clients.ConnectAsync(client, _broker);
    }

    [Fact]
    public async Task ConnectAsync_Connected_Throws()
    {
        using IMqttClient client = await Clients.ConnectAsync(_broker);

        await Assert.ThrowsAsync<InvalidOperationException>(() => Clients.ConnectAsync(client, _broker));
    }

    [Fact]
    public async Task DisconnectAsync_NotConnected_DoesNothing()
    {
        using IMqttClient client = Clients.Create();

        await client.DisconnectAsync(cancellationToken: TestContext.Current.CancellationToken);

        Assert.False(client.IsConnected);
    }

    [Fact]
    public async Task ConnectAsync_SameName_TakesTheSessionOver()
    {
        using IMqttClient first = Clients.Create();
        var ended = new TaskCompletionSource<MqttClientDisconnectedEventArgs>();
        first.DisconnectedAsync += e => Task.Run(() => ended.SetResult(e));
        await Clients.ConnectAsync(first, _broker, configure: options => options.WithClientId("twin"));

        using IMqttClient second = await Clients.ConnectAsync(_broker, configure: options => options.WithClientId("twin"));
        MqttClientDisconnectedEventArgs end = await ended.Task.WaitAsync(TestContext.Current.CancellationToken);

        Assert.True(end.ClientWasConnected);
        Assert.False(first.IsConnected);
        Assert.True(second.IsConnected);
    }

    [Fact]
    public async Task Disconnected_HandlerConnectsAgain_IsConnected()
    {
        using IMqttClient client = Clients.Create();
        client.DisconnectedAsync += async _ => await Clients.ConnectAsync(client, _broker);
        await Clients.ConnectAsync(client, _broker);

        await _broker.StopAsync();
        await _broker.StartAgainAsync();
        // The handler may have met the closed door; then its exception ended it, and the next disconnection is that of its own attempt.
        await Until.TrueAsync(() => client.IsConnected, () => _broker.Log);

        await client.PublishStringAsync("t", "x", MqttQualityOfServiceLevel.AtLeastOnce, cancellationToken: TestContext.Current.CancellationToken);
    }

    [Theory]
    [InlineData(MqttProtocolVersion.V311)]
    [InlineData(MqttProtocolVersion.V500)]
    public async Task ConnectAsync_UserAndPassword_AreChecked(MqttProtocolVersion version)
    {
        await using MosquittoBroker broker = await MosquittoBroker.StartAsync("password_file {directory}/passwords", anonymous: false, directory =>
        {
            string file = Path.Combine(directory, "passwords");
            File.WriteAllText(file, "plant:secret\n");
            ExternalTool.RunAsync("mosquitto_passwd", ["-U", file]).GetAwaiter().GetResult();
        });
        using IMqttClient client = Clients.Create();

        MqttClientConnectResult wrong = await client.ConnectAsync(
            Clients.To(broker.Port, version).WithCredentials("plant", "guess").Build(), TestContext.Current.CancellationToken);
        Assert.False(client.IsConnected);
        await Clients.ConnectAsync(client, broker, version, options => options.WithCredentials("plant", "secret"));

        Assert.True(wrong.ResultCode is MqttClientConnectResultCode.NotAuthorized or MqttClientConnectResultCode.BadUserNameOrPassword, $"{wrong.ResultCode}");
    }

    [Theory]
    [InlineData(MqttProtocolVersion.V311)]
    [InlineData(MqttProtocolVersion.V500)]
    public async Task Will_ConnectionLost_IsPublished(MqttProtocolVersion version)
    {
        using IMqttClient watcher = await Clients.ConnectAsync(_broker);
        var inbox = new Inbox(watcher);
        await watcher.SubscribeAsync("status/#", MqttQualityOfServiceLevel.AtLeastOnce);
        await using FlakyProxy proxy = new(_broker.Port);
        using IMqttClient client = Clients.Create();
        MqttClientOptionsBuilder options = Clients.To(proxy.Port, version)
            .WithWillTopic("status/detector").WithWillPayload("offline").WithWillQualityOfServiceLevel(MqttQualityOfServiceLevel.AtLeastOnce).WithWillRetain();
        await client.ConnectAsync(options.Build(), TestContext.Current.CancellationToken);

        proxy.Cut();

        MqttApplicationMessage will = (await inbox.TakeAsync()).ApplicationMessage;
        Assert.Equal(("status/detector", "offline"), (will.Topic, will.ConvertPayloadToString()));
    }

    [Fact]
    public async Task Will_CleanDisconnect_IsNotPublished()
    {
        using IMqttClient watcher = await Clients.ConnectAsync(_broker);
        var inbox = new Inbox(watcher);
        await watcher.SubscribeAsync("#", MqttQualityOfServiceLevel.AtLeastOnce);
        using IMqttClient client = await Clients.ConnectAsync(_broker, configure: options => options.WithWillTopic("will").WithWillPayload("x"));

        await client.DisconnectAsync(cancellationToken: TestContext.Current.CancellationToken);
        await _broker.PublishAsync("after", ["y"], "-q", "1");

        Assert.Equal("after", (await inbox.TakeAsync()).ApplicationMessage.Topic);
    }

    [Fact]
    public async Task Will_DisconnectAsksForIt_IsPublishedWithItsProperties()
    {
        using IMqttClient watcher = await Clients.ConnectAsync(_broker);
        var inbox = new Inbox(watcher);
        await watcher.SubscribeAsync("will", MqttQualityOfServiceLevel.AtLeastOnce);
        using IMqttClient client = await Clients.ConnectAsync(_broker, configure: options => options
            .WithWillTopic("will").WithWillPayload("x").WithWillContentType("text/plain").WithWillUserProperty("why", (ReadOnlyMemory<byte>)"test"u8.ToArray()));

        await client.DisconnectAsync(MqttClientDisconnectOptionsReason.DisconnectWithWillMessage, cancellationToken: TestContext.Current.CancellationToken);

        MqttApplicationMessage will = (await inbox.TakeAsync()).ApplicationMessage;
        Assert.Equal("text/plain", will.ContentType);
        Assert.Equal("why = test", Assert.Single(will.UserProperties).ToString());
    }

    [Fact]
    public async Task KeepAlive_SilentClient_StaysConnected()
    {
        using IMqttClient client = await Clients.ConnectAsync(_broker, configure: options => options.WithKeepAlivePeriod(TimeSpan.FromSeconds(1)));

        await Task.Delay(TimeSpan.FromSeconds(3.5), TestContext.Current.CancellationToken);

        Assert.True(client.IsConnected);
        Assert.DoesNotContain("exceeded timeout", _broker.Log, StringComparison.Ordinal);
    }
}
