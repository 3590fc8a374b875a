namespace Detector.Worker.Mqtt;

internal static partial class Log
{
    [LoggerMessage(250, LogLevel.Information, "{Name} is connected to {Server} as {ClientId}; the broker kept its session: {SessionPresent}")]
    public static partial void MqttConnected(this ILogger log, string name, string server, string clientId, bool sessionPresent);

    [LoggerMessage(251, LogLevel.Warning, "{Name} has lost its connection to {Server} ({Reason}); it connects again")]
    public static partial void MqttLost(this ILogger log, string name, string server, string reason);

    [LoggerMessage(252, LogLevel.Warning, "{Name} cannot connect to {Server} and tries again in {Seconds:F1} s: {Reason}")]
    public static partial void MqttUnreachable(this ILogger log, string name, string server, double seconds, string reason);
}
