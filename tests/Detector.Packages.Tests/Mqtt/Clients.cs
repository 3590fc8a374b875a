using Detector.Tests.Support;
using MQTTnet;
using MQTTnet.Formatter;
using MQTTnet.Protocol;

namespace Detector.Packages.Tests.Mqtt;

/// <summary>Clients of a test's broker.</summary>
internal static class Clients
{
    /// <summary>Both versions with each QoS.</summary>
    public static TheoryData<MqttProtocolVersion, MqttQualityOfServiceLevel> EveryDelivery { get; } = new(
        from version in (MqttProtocolVersion[])[MqttProtocolVersion.V311, MqttProtocolVersion.V500]
        from quality in Enum.GetValues<MqttQualityOfServiceLevel>()
        select (version, quality));

    public static MqttClientOptionsBuilder To(int port, MqttProtocolVersion version = MqttProtocolVersion.V500) =>
        new MqttClientFactory().CreateClientOptionsBuilder()
            .WithTcpServer("127.0.0.1", port).WithTlsOptions(tls => tls.UseTls(false)).WithProtocolVersion(version).WithTimeout(TimeSpan.FromSeconds(20));

    public static IMqttClient Create() => new MqttClientFactory().CreateMqttClient();

    /// <summary>A client that is connected.</summary>
    public static async Task<IMqttClient> ConnectAsync(
        MosquittoBroker broker, MqttProtocolVersion version = MqttProtocolVersion.V500, Action<MqttClientOptionsBuilder>? configure = null)
    {
        IMqttClient client = Create();
        await ConnectAsync(client, broker, version, configure);
        return client;
    }

    public static async Task<MqttClientConnectResult> ConnectAsync(
        IMqttClient client, MosquittoBroker broker, MqttProtocolVersion version = MqttProtocolVersion.V500, Action<MqttClientOptionsBuilder>? configure = null)
    {
        MqttClientOptionsBuilder options = To(broker.Port, version);
        configure?.Invoke(options);
        MqttClientConnectResult result = await client.ConnectAsync(options.Build(), TestContext.Current.CancellationToken);
        Assert.Equal(MqttClientConnectResultCode.Success, result.ResultCode);
        return result;
    }

    public static async Task SubscribeAsync(this IMqttClient client, string topic, MqttQualityOfServiceLevel quality)
    {
        MqttClientSubscribeResult result = await client.SubscribeAsync(topic, quality, TestContext.Current.CancellationToken);
        Assert.Equal((MqttClientSubscribeResultCode)quality, Assert.Single(result.Items).ResultCode);
    }
}
