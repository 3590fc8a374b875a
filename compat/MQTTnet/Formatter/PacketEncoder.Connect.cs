using MQTTnet.Exceptions;
using MQTTnet.Packets;
using MQTTnet.Protocol;

namespace MQTTnet.Formatter;

// The start of a connection and its subscriptions.
internal sealed partial class PacketEncoder
{
    private void Connect(MqttClientOptions options)
    {
        string user = options.Credentials?.GetUserName(options);
        byte[] password = options.Credentials?.GetPassword(options);
        if (string.IsNullOrEmpty(options.ClientId) && !options.CleanSession)
            throw new MqttProtocolViolationException("CleanSession must be set if ClientId is empty [MQTT-3.1.3-7].");
        if (password is not null && user is null)
            throw new MqttProtocolViolationException("If the User Name Flag is set to 0, the Password Flag MUST be set to 0 [MQTT-3.1.2-22].");
        bool will = !string.IsNullOrEmpty(options.WillTopic);
        int flags = options.CleanSession ? 0x02 : 0;
        if (will)
            flags |= 0x04 | ((int)options.WillQualityOfServiceLevel << 3) | (options.WillRetain ? 0x20 : 0);
        flags |= (password is null ? 0 : 0x40) | (user is null ? 0 : 0x80);

        _body.Text(version == MqttProtocolVersion.V310 ? "MQIsdp" : "MQTT");
        _body.Byte((byte)version);
        _body.Byte((byte)flags);
        _body.UInt16((ushort)options.KeepAlivePeriod.TotalSeconds);
        if (HasProperties)
        {
            _properties.UInt32(MqttPropertyId.SessionExpiryInterval, options.SessionExpiryInterval);
            _properties.UInt16(MqttPropertyId.ReceiveMaximum, options.ReceiveMaximum);
            _properties.UInt32(MqttPropertyId.MaximumPacketSize, options.MaximumPacketSize);
            _properties.User(options.UserProperties);
            _properties.WriteTo(_body);
        }

        _body.Text(options.ClientId);
        if (will)
            Will(options);
        if (user is not null)
            _body.Text(user);
        if (password is not null)
            _body.Binary(password);
    }

    private void Will(MqttClientOptions options)
    {
        if (HasProperties)
        {
            _properties.UInt32(MqttPropertyId.WillDelayInterval, options.WillDelayInterval);
            _properties.Byte(MqttPropertyId.PayloadFormatIndicator, (byte)options.WillPayloadFormatIndicator);
            _properties.UInt32(MqttPropertyId.MessageExpiryInterval, options.WillMessageExpiryInterval);
            _properties.Text(MqttPropertyId.ContentType, options.WillContentType);
            _properties.User(options.WillUserProperties);
            _properties.WriteTo(_body);
        }

        _body.Text(options.WillTopic);
        _body.Binary(options.WillPayload ?? []);
    }

    private void Subscribe(MqttSubscribePacket packet)
    {
        if (packet.Options.TopicFilters.Count == 0)
            throw new MqttProtocolViolationException("At least one topic filter must be set [MQTT-3.8.3-3].");
        _body.UInt16(packet.PacketIdentifier);
        if (HasProperties)
        {
            _properties.Variable(MqttPropertyId.SubscriptionIdentifier, packet.Options.SubscriptionIdentifier);
            _properties.User(packet.Options.UserProperties);
            _properties.WriteTo(_body);
        }

        foreach (MqttTopicFilter filter in packet.Options.TopicFilters)
        {
            _body.Text(filter.Topic);
            int options = (int)filter.QualityOfServiceLevel;
            if (HasProperties)
                options |= (filter.NoLocal ? 4 : 0) | (filter.RetainAsPublished ? 8 : 0) | ((int)filter.RetainHandling << 4);
            _body.Byte((byte)options);
        }
    }

    private void Unsubscribe(MqttUnsubscribePacket packet)
    {
        if (packet.Options.TopicFilters.Count == 0)
            throw new MqttProtocolViolationException("At least one topic filter must be set [MQTT-3.10.3-2].");
        _body.UInt16(packet.PacketIdentifier);
        if (HasProperties)
            _properties.WriteTo(_body);
        foreach (string filter in packet.Options.TopicFilters)
            _body.Text(filter);
    }
}
