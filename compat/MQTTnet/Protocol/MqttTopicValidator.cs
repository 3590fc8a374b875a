using MQTTnet.Exceptions;

namespace MQTTnet.Protocol;

/// <summary>Refuses topics that no server would take.</summary>
public static class MqttTopicValidator
{
    /// <exception cref="MqttProtocolViolationException">The message has neither alias nor a topic without wildcards.</exception>
    public static void ThrowIfInvalid(MqttApplicationMessage applicationMessage)
    {
        ArgumentNullException.ThrowIfNull(applicationMessage);
        if (applicationMessage.TopicAlias == 0)
            ThrowIfInvalid(applicationMessage.Topic);
    }

    /// <exception cref="MqttProtocolViolationException">The topic is empty or holds a wildcard.</exception>
    public static void ThrowIfInvalid(string topic)
    {
        ThrowIfEmpty(topic);
        foreach (char wildcard in "+#")
        {
            if (topic.Contains(wildcard, StringComparison.Ordinal))
                throw new MqttProtocolViolationException($"The character '{wildcard}' is not allowed in topics.");
        }
    }

    /// <exception cref="MqttProtocolViolationException">The filter is empty, or <c>#</c> is not its last character.</exception>
    public static void ThrowIfInvalidSubscribe(string topic)
    {
        ThrowIfEmpty(topic);
        int at = topic.IndexOf('#', StringComparison.Ordinal);
        if (at >= 0 && at < topic.Length - 1)
            throw new MqttProtocolViolationException("The character '#' is only allowed as last character");
    }

    private static void ThrowIfEmpty(string topic)
    {
        if (string.IsNullOrEmpty(topic))
            throw new MqttProtocolViolationException("Topic should not be empty.");
    }
}
