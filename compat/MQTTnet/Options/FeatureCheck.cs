using MQTTnet.Formatter;
using MQTTnet.Protocol;

namespace MQTTnet;

/// <summary>Refuses what only MQTT 5 has where an earlier version is spoken.</summary>
internal static class FeatureCheck
{
    public static void ThrowIfNotSupported(MqttClientOptions options)
    {
        if (options.ProtocolVersion == MqttProtocolVersion.V500)
            return;
        ThrowIf(options.WillContentType?.Length > 0, nameof(options.WillContentType));
        ThrowIf(options.UserProperties?.Count > 0, nameof(options.UserProperties));
        ThrowIf(options.ReceiveMaximum > 0, nameof(options.ReceiveMaximum));
        ThrowIf(options.MaximumPacketSize > 0, nameof(options.MaximumPacketSize));
        ThrowIf(options.WillPayloadFormatIndicator != MqttPayloadFormatIndicator.Unspecified, nameof(options.WillPayloadFormatIndicator));
        ThrowIf(options.WillDelayInterval > 0, nameof(options.WillDelayInterval));
        ThrowIf(options.WillMessageExpiryInterval > 0, nameof(options.WillMessageExpiryInterval));
        ThrowIf(options.WillUserProperties?.Count > 0, nameof(options.WillUserProperties));
    }

    public static void ThrowIfNotSupported(MqttApplicationMessage message, MqttProtocolVersion version)
    {
        if (version == MqttProtocolVersion.V500)
            return;
        ThrowIf(message.ContentType?.Length > 0, nameof(message.ContentType));
        ThrowIf(message.UserProperties?.Count > 0, nameof(message.UserProperties));
        ThrowIf(message.CorrelationData?.Length > 0, nameof(message.CorrelationData));
        ThrowIf(message.ResponseTopic?.Length > 0, nameof(message.ResponseTopic));
        ThrowIf(message.SubscriptionIdentifiers?.Count > 0, nameof(message.SubscriptionIdentifiers));
        ThrowIf(message.TopicAlias > 0, nameof(message.TopicAlias));
        ThrowIf(message.PayloadFormatIndicator != MqttPayloadFormatIndicator.Unspecified, nameof(message.PayloadFormatIndicator));
    }

    public static void ThrowIfNotSupported(MqttClientSubscribeOptions options, MqttProtocolVersion version)
    {
        if (version == MqttProtocolVersion.V500)
            return;
        ThrowIf(options.UserProperties?.Count > 0, nameof(options.UserProperties));
        ThrowIf(options.SubscriptionIdentifier != 0, nameof(options.SubscriptionIdentifier));
        ThrowIf(options.TopicFilters.Exists(filter => filter.NoLocal), nameof(Packets.MqttTopicFilter.NoLocal));
        ThrowIf(options.TopicFilters.Exists(filter => filter.RetainAsPublished), nameof(Packets.MqttTopicFilter.RetainAsPublished));
        ThrowIf(options.TopicFilters.Exists(filter => filter.RetainHandling != MqttRetainHandling.SendAtSubscribe), nameof(Packets.MqttTopicFilter.RetainHandling));
    }

    public static void ThrowIfNotSupported(MqttClientDisconnectOptions options, MqttProtocolVersion version)
    {
        if (version == MqttProtocolVersion.V500)
            return;
        ThrowIf(options.ReasonString?.Length > 0, nameof(options.ReasonString));
        ThrowIf(options.Reason != MqttClientDisconnectOptionsReason.NormalDisconnection, nameof(options.Reason));
    }

    private static void ThrowIf(bool used, string feature)
    {
        if (used)
            throw new NotSupportedException($"Feature {feature} requires MQTT version 5.0.0.");
    }
}
