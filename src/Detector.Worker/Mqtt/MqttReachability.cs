using MQTTnet;
using MQTTnet.Exceptions;

namespace Detector.Worker.Mqtt;

/// <summary>Connects to a broker once, with the settings of a source or sink but a session of its own, and leaves.</summary>
internal static class MqttReachability
{
    /// <summary>Null when the broker takes the connection, else a sentence that says what is wrong.</summary>
    /// <param name="key">Key of the source or sink in the configuration.</param>
    public static async Task<string?> ProblemAsync(string key, string server, MqttOptions options, TimeSpan timeout)
    {
        using IMqttClient client = new MqttClientFactory().CreateMqttClient();
        using var limit = new CancellationTokenSource(timeout);
        try
        {
            MqttClientOptions settings = MqttConnectionSettings.Create(server, options, "check", keepSession: false);
            settings.ClientId = $"detector-check-{Guid.NewGuid():N}"[..23];
            settings.WillTopic = null;
            MqttClientConnectResult answer = await client.ConnectAsync(settings, limit.Token).ConfigureAwait(false);
            if (answer.ResultCode != MqttClientConnectResultCode.Success)
                return $"{key}: the broker at {server} refuses the connection ({answer.ResultCode}): check Mqtt:Username, Mqtt:Password and Mqtt:ProtocolVersion.";
            await client.DisconnectAsync(cancellationToken: limit.Token).ConfigureAwait(false);
            return null;
        }
        catch (IOException error)
        {
            return $"{key}:{error.Message}";
        }
        catch (Exception error) when (error is MqttCommunicationException or MqttProtocolViolationException or OperationCanceledException)
        {
            string why = error is OperationCanceledException ? $"no answer within {timeout.TotalSeconds:0} s" : error.GetBaseException().Message.TrimEnd('.');
            return $"{key}: the broker at {server} cannot be reached ({why}): check Server, the network, and Mqtt:Tls.";
        }
    }
}
