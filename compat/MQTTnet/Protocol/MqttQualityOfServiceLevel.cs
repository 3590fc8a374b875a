namespace MQTTnet.Protocol;

/// <summary>How certain a delivery is.</summary>
public enum MqttQualityOfServiceLevel
{
    AtMostOnce = 0,
    AtLeastOnce = 1,
    ExactlyOnce = 2,
}
