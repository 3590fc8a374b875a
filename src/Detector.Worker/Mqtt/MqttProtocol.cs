namespace Detector.Worker.Mqtt;

/// <summary>Words of the protocol as the configuration uses them.</summary>
internal static class MqttProtocol
{
    /// <summary>The source and sink type.</summary>
    public const string Type = "mqtt";

    public const string Version5 = "5";
    public const string Version311 = "3.1.1";

    public const string Plain = "mqtt";
    public const string Secure = "mqtts";

    /// <summary>Messages that brokers send unacknowledged where nobody says how many: mosquitto's default.</summary>
    public const int CommonWindow = 20;
}
