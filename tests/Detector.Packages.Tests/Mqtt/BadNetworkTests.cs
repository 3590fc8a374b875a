using Detector.Tests.Support;
using MQTTnet;
using MQTTnet.Exceptions;
using MQTTnet.Formatter;
using MQTTnet.Protocol;

namespace Detector.Packages.Tests.Mqtt;

/// <summary>The client over a network that is slow, breaks packets up, stands still or cuts connections.</summary>
public sealed class BadNetworkTests : IAsyncLifetime
{
    private MosquittoBroker _broker = null!;
    private FlakyProxy _network = null!;

    public async ValueTask InitializeAsync()
    {
        _broker = await MosquittoBroker.StartAsync();
        _network = new FlakyProxy(_broker.Port);
    }

    public async ValueTask DisposeAsync()
    {
        await _network.DisposeAsync();
        await _broker.DisposeAsync();
    }

    [Theory]
    [InlineData(MqttProtocolVersion.V311)]
    [InlineData(MqttProtocolVersion.V500)]
    public async Task Packets_ByteByByte_AreWhole(MqttProtocolVersion version)
    {
        _network.PieceBytes = 1;
        using IMqttClient client = Clients.Create();
        var inbox = new Inbox(client);
        await client.ConnectAsync(Clients.To(_network.Port, version).Build(), TestContext.Current.CancellationToken);
        await client.SubscribeAsync("t", MqttQualityOfServiceLevel.ExactlyOnce);

        string[] texts = [.. Enumerable.Range(0, 20).Select(i => new string((char)('a' + i), i * 20))];
        foreach (string text in texts)
            await client.PublishStringAsync("t", text, (MqttQualityOfServiceLevel)(text.Length % 3), cancellationToken: TestContext.Current.CancellationToken);
        await inbox.HoldsAsync(20);

        Assert.Equal(texts, inbox.Texts);
    }

    [Fact]
    public async Task Received_SlowLink_EverythingComesInOrder()
    {
        _network.PieceBytes = 700;
        _network.Pause = TimeSpan.FromMilliseconds(1);
        using IMqttClient client = Clients.Create();
        var inbox = new Inbox(client);
        await client.ConnectAsync(Clients.To(_network.Port).Build(), TestContext.Current.CancellationToken);
        await client.SubscribeAsync("t", MqttQualityOfServiceLevel.AtLeastOnce);

        string[] texts = [.. Enumerable.Range(0, 400).Select(i => $"{i} {new string('x', i)}")];
        await _broker.PublishAsync("t", texts, "-q", "1");
        await inbox.HoldsAsync(400);

        Assert.Equal(texts, inbox.Texts);
    }

    [Fact]
    public async Task Received_ConnectionCutAgainAndAgain_NothingIsLost()
    {
        _network.CutAfterBytes = 6_000;
        using IMqttClient client = Clients.Create();
        var inbox = new Inbox(client);
        MqttClientOptions options = Clients.To(_network.Port).WithClientId("unlucky").WithCleanStart(false).WithSessionExpiryInterval(600).Build();
        await client.ConnectAsync(options, TestContext.Current.CancellationToken);
        await client.SubscribeAsync("t", MqttQualityOfServiceLevel.AtLeastOnce);
        await _broker.PublishAsync("t", Enumerable.Range(0, 2_000).Select(i => $"{i}"), "-q", "1");

        while (inbox.Texts.Distinct().Count() < 2_000)
        {
            TestContext.Current.CancellationToken.ThrowIfCancellationRequested();
            await Until.TrueAsync(() => !client.IsConnected || inbox.Texts.Distinct().Count() == 2_000, () => $"{inbox.Count} messages came.");
            if (!client.IsConnected)
                await ReconnectAsync(client, options);
        }

        Assert.True(_network.Connections > 3, $"The network was cut {_network.Connections} times.");
        Assert.Equal(Enumerable.Range(0, 2_000).Select(i => $"{i}"), inbox.Texts.Distinct());
    }

    [Fact]
    public async Task PublishAsync_ConnectionCut_Throws()
    {
        using IMqttClient client = Clients.Create();
        var ended = new TaskCompletionSource<MqttClientDisconnectedEventArgs>();
        client.DisconnectedAsync += e => Task.Run(() => ended.SetResult(e));
        await client.ConnectAsync(Clients.To(_network.Port).Build(), TestContext.Current.CancellationToken);
        _network.IsStill = true;
        Task<MqttClientPublishResult> waiting = client.PublishStringAsync(
            "t", "x", MqttQualityOfServiceLevel.AtLeastOnce, cancellationToken: TestContext.Current.CancellationToken);
        await Task.Delay(50, TestContext.Current.CancellationToken);
        Assert.False(waiting.IsCompleted);

        _network.Cut();

        await Assert.ThrowsAnyAsync<MqttCommunicationException>(() => waiting);
        Assert.True((await ended.Task.WaitAsync(TestContext.Current.CancellationToken)).ClientWasConnected);
        Assert.False(client.IsConnected);
    }

    [Fact]
    public async Task PublishAsync_NoAnswerInTime_ThrowsAndStaysConnected()
    {
        using IMqttClient client = Clients.Create();
        await client.ConnectAsync(Clients.To(_network.Port).Build(), TestContext.Current.CancellationToken);
        _network.IsStill = true;
        using var limit = new CancellationTokenSource(TimeSpan.FromMilliseconds(200));

        await Assert.ThrowsAsync<MqttCommunicationTimedOutException>(
            () => client.PublishStringAsync("t", "x", MqttQualityOfServiceLevel.AtLeastOnce, cancellationToken: limit.Token));

        Assert.True(client.IsConnected);
    }

    [Fact]
    public async Task KeepAlive_LinkStandsStill_EndsTheConnection()
    {
        using IMqttClient client = Clients.Create();
        var ended = new TaskCompletionSource<MqttClientDisconnectedEventArgs>();
        client.DisconnectedAsync += e => Task.Run(() => ended.SetResult(e));
        await client.ConnectAsync(Clients.To(_network.Port).WithKeepAlivePeriod(TimeSpan.FromSeconds(1)).Build(), TestContext.Current.CancellationToken);

        _network.IsStill = true;
        MqttClientDisconnectedEventArgs end = await ended.Task.WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken);

        Assert.True(end.ClientWasConnected);
        Assert.IsAssignableFrom<MqttCommunicationException>(end.Exception);
    }

    [Fact]
    public async Task ConnectAsync_NoAnswer_GivesUpInTime()
    {
        _network.IsStill = true;
        using IMqttClient client = Clients.Create();
        using var limit = new CancellationTokenSource(TimeSpan.FromMilliseconds(300));

        await Assert.ThrowsAnyAsync<Exception>(() => client.ConnectAsync(Clients.To(_network.Port).Build(), limit.Token));

        Assert.False(client.IsConnected);
    }

    private static async Task ReconnectAsync(IMqttClient client, MqttClientOptions options)
    {
        try
        {
            await client.ConnectAsync(options, TestContext.Current.CancellationToken);
        }
        catch (Exception error) when (error is MqttCommunicationException or InvalidOperationException)
        {
            await Task.Delay(10, TestContext.Current.CancellationToken);
        }
    }
}
