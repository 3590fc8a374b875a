namespace MQTTnet.Protocol;

/// <summary>Whether a payload is text in UTF-8.</summary>
public enum MqttPayloadFormatIndicator
{
    Unspecified = 0,
    CharacterData = 1,
}
