using System.Text;
using Detector.Worker.Contracts;
using MQTTnet;
using MQTTnet.Protocol;

namespace Detector.Worker.Publishing;

/// <summary>Records as MQTT messages. In MQTT 5 headers become user properties; CloudEvents attributes lose the prefix that they have in Kafka (its MQTT binding, binary mode).</summary>
internal static class MqttRecord
{
    private const string AttributePrefix = "ce_";
    private const string ContentType = "content-type";

    public static MqttApplicationMessage Message(in OutboundRecord record, MqttTopic topic, int qos, bool retain, bool withProperties)
    {
        MqttApplicationMessageBuilder builder = new MqttApplicationMessageBuilder()
            .WithTopic(topic.For(record.Key)).WithPayload(record.Payload).WithQualityOfServiceLevel((MqttQualityOfServiceLevel)qos).WithRetainFlag(retain);
        if (!withProperties)
            return builder.Build();
        foreach ((string name, string value) in record.Headers)
        {
            if (name == ContentType)
                builder.WithContentType(value);
            else
                builder.WithUserProperty(name.StartsWith(AttributePrefix, StringComparison.Ordinal) ? name[AttributePrefix.Length..] : name, (ReadOnlyMemory<byte>)Encoding.UTF8.GetBytes(value));
        }

        return builder.Build();
    }
}
