using MQTTnet;
using MQTTnet.Adapter;
using MQTTnet.Exceptions;
using MQTTnet.Formatter;

namespace Detector.Packages.Tests.Mqtt;

/// <summary>What no server should send.</summary>
public sealed class MalformedPacketTests
{
    [Theory]
    [InlineData(new byte[] { 0x30, 0xFF, 0xFF, 0xFF, 0xFF, 0x01 }, "a length of five bytes")]
    [InlineData(new byte[] { 0x30, 2, 0, 9 }, "a topic longer than its packet")]
    [InlineData(new byte[] { 0x32, 3, 0, 1, (byte)'t' }, "QoS 1 without an identifier")]
    [InlineData(new byte[] { 0x30, 5, 0, 1, (byte)'t', 1, 0x7F }, "a property that does not exist")]
    [InlineData(new byte[] { 0x30, 5, 0, 1, (byte)'t', 9, 1 }, "properties longer than their packet")]
    [InlineData(new byte[] { 0x30, 0 }, "a message without a body")]
    [InlineData(new byte[] { 0x40, 0 }, "PUBACK without a body")]
    [InlineData(new byte[] { 0x40, 2, 0, 7 }, "PUBACK for what was never sent")]
    [InlineData(new byte[] { 0x90, 2, 0, 7 }, "SUBACK for what was never sent")]
    [InlineData(new byte[] { 0x20, 3, 0, 0, 0 }, "a second CONNACK")]
    [InlineData(new byte[] { 0x00, 0 }, "a packet of no type")]
    public async Task Received_Malformed_EndsTheConnectionWithAnError(byte[] script, string why)
    {
        await using var server = new ScriptedServer(script);
        using IMqttClient client = Clients.Create();
        var ended = new TaskCompletionSource<MqttClientDisconnectedEventArgs>();
        client.DisconnectedAsync += e => Task.Run(() => ended.TrySetResult(e));

        await client.ConnectAsync(Clients.To(server.Port).Build(), TestContext.Current.CancellationToken);
        MqttClientDisconnectedEventArgs end = await ended.Task.WaitAsync(TimeSpan.FromSeconds(20), TestContext.Current.CancellationToken);

        Assert.True(end.Exception?.GetBaseException() is MqttProtocolViolationException, $"{why}: {end.Exception}");
        Assert.False(client.IsConnected);
    }

    [Theory]
    [InlineData(new byte[] { 0x20, 3, 0, 0x87, 0 }, MqttClientConnectResultCode.NotAuthorized)]
    [InlineData(new byte[] { 0x20, 3, 0, 0x88, 0 }, MqttClientConnectResultCode.ServerUnavailable)]
    public async Task ConnectAsync_Refused_IsAResult(byte[] welcome, MqttClientConnectResultCode code)
    {
        await using var server = new ScriptedServer([], welcome);
        using IMqttClient client = Clients.Create();

        MqttClientConnectResult result = await client.ConnectAsync(Clients.To(server.Port).Build(), TestContext.Current.CancellationToken);

        Assert.Equal(code, result.ResultCode);
        Assert.False(client.IsConnected);
    }

    [Theory]
    [InlineData(0, MqttClientConnectResultCode.Success)]
    [InlineData(4, MqttClientConnectResultCode.BadUserNameOrPassword)]
    [InlineData(5, MqttClientConnectResultCode.NotAuthorized)]
    public async Task ConnectAsync_Version311_ReadsItsReturnCodes(byte code, MqttClientConnectResultCode expected)
    {
        await using var server = new ScriptedServer([], [0x20, 2, 1, code]);
        using IMqttClient client = Clients.Create();

        MqttClientConnectResult result = await client.ConnectAsync(Clients.To(server.Port, MqttProtocolVersion.V311).Build(), TestContext.Current.CancellationToken);

        Assert.Equal(expected, result.ResultCode);
        Assert.True(result.IsSessionPresent);
    }

    [Fact]
    public async Task ConnectAsync_EveryProperty_IsRead()
    {
        byte[] properties =
        [
            17, 0, 0, 1, 0, 33, 0, 7, 36, 1, 37, 0, 39, 0, 1, 0, 0, 18, 0, 2, (byte)'i', (byte)'d', 34, 0, 9, 31, 0, 2, (byte)'o', (byte)'k',
            38, 0, 1, (byte)'k', 0, 1, (byte)'v', 40, 0, 41, 0, 42, 0, 19, 0, 30, 28, 0, 1, (byte)'s',
        ];
        await using var server = new ScriptedServer([], [0x20, (byte)(3 + properties.Length), 1, 0, (byte)properties.Length, .. properties]);
        using IMqttClient client = Clients.Create();

        MqttClientConnectResult result = await client.ConnectAsync(Clients.To(server.Port).Build(), TestContext.Current.CancellationToken);

        Assert.Equal(256u, result.SessionExpiryInterval);
        Assert.Equal((ushort)7, result.ReceiveMaximum!.Value);
        Assert.Equal(MQTTnet.Protocol.MqttQualityOfServiceLevel.AtLeastOnce, result.MaximumQoS);
        Assert.Equal(65_536u, result.MaximumPacketSize);
        Assert.Equal(("id", "ok", "s"), (result.AssignedClientIdentifier, result.ReasonString, result.ServerReference));
        Assert.Equal((9, 30), (result.TopicAliasMaximum, result.ServerKeepAlive));
        Assert.Equal([false, false, false, false],
            [result.RetainAvailable, result.WildcardSubscriptionAvailable, result.SubscriptionIdentifiersAvailable, result.SharedSubscriptionAvailable]);
        Assert.Equal("k = v", Assert.Single(result.UserProperties).ToString());
    }

    [Theory]
    [InlineData(new byte[] { 0x30, 2, 0, 0 }, "a message before the welcome")]
    [InlineData(new byte[] { 0x20, 3, 0, 0, 9 }, "a welcome whose properties are cut off")]
    public async Task ConnectAsync_WrongWelcome_Throws(byte[] welcome, string why)
    {
        await using var server = new ScriptedServer([], welcome);
        using IMqttClient client = Clients.Create();

        Exception? error = await Record.ExceptionAsync(() => client.ConnectAsync(Clients.To(server.Port).Build(), TestContext.Current.CancellationToken));

        Assert.True(error is MqttConnectingFailedException, $"{why}: {error}");
    }

    [Fact]
    public async Task Received_ServerSaysWhy_IsTold()
    {
        await using var server = new ScriptedServer([0xE0, 8, 0x8B, 6, 31, 0, 3, (byte)'b', (byte)'y', (byte)'e']);
        using IMqttClient client = Clients.Create();
        var ended = new TaskCompletionSource<MqttClientDisconnectedEventArgs>();
        client.DisconnectedAsync += e => Task.Run(() => ended.TrySetResult(e));

        await client.ConnectAsync(Clients.To(server.Port).Build(), TestContext.Current.CancellationToken);
        MqttClientDisconnectedEventArgs end = await ended.Task.WaitAsync(TestContext.Current.CancellationToken);

        Assert.Equal(MqttClientDisconnectReason.ServerShuttingDown, end.Reason);
        Assert.Equal("bye", end.ReasonString);
    }

    [Fact]
    public async Task Received_RandomBytes_AlwaysEndInOneWay()
    {
        var random = new Random(5);
        for (int round = 0; round < 300; round++)
        {
            byte[] script = new byte[random.Next(1, 60)];
            random.NextBytes(script);
            if (round % 2 == 0)
                script[0] = (byte)((random.Next(2, 16) << 4) | random.Next(16)); // A known type and a plausible length.
            if (round % 2 == 0 && script.Length > 2)
                script[1] = (byte)random.Next(script.Length - 2);
            await using var server = new ScriptedServer(script);
            using IMqttClient client = Clients.Create();
            var ended = new TaskCompletionSource<MqttClientDisconnectedEventArgs>();
            client.DisconnectedAsync += e => Task.Run(() => ended.TrySetResult(e));

            await client.ConnectAsync(Clients.To(server.Port).Build(), TestContext.Current.CancellationToken);
            // The bytes may be the start of a packet that never ends, or a message: then the client goes on, and ends when it is told to.
            await Task.WhenAny(ended.Task, Task.Delay(2, TestContext.Current.CancellationToken));
            await client.DisconnectAsync(cancellationToken: TestContext.Current.CancellationToken).ContinueWith(_ => { }, TaskScheduler.Default);
            await ended.Task.WaitAsync(TimeSpan.FromSeconds(20), TestContext.Current.CancellationToken);

            Assert.False(client.IsConnected);
        }
    }
}
