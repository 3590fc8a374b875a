using MQTTnet;

namespace Detector.Worker.Publishing;

/// <summary>Tells apart what a broker answers to a message.</summary>
internal static class MqttFault
{
    /// <summary>"Packet too large" of the standard, which the client's enumeration leaves out here.</summary>
    public const MqttClientPublishReasonCode TooLarge = (MqttClientPublishReasonCode)149;

    /// <summary>Whether the same record would be refused for ever.</summary>
    public static bool IsPermanent(MqttClientPublishReasonCode code) => Reason(code) is not "other";

    /// <summary>A label value, one of <see cref="DeliveryFault.Reasons"/>.</summary>
    public static string Reason(MqttClientPublishReasonCode code) => code switch
    {
        MqttClientPublishReasonCode.NotAuthorized => "not_authorized",
        MqttClientPublishReasonCode.TopicNameInvalid => "invalid_topic",
        MqttClientPublishReasonCode.PayloadFormatInvalid => "invalid_record",
        TooLarge => "too_large",
        _ => "other",
    };
}
