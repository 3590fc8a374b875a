using System.Buffers;
using MQTTnet.Packets;
using MQTTnet.Protocol;

namespace MQTTnet.Formatter;

/// <summary>Gathers the properties of one packet. What has its default value is left out, as the standard allows.</summary>
internal sealed class PropertyWriter
{
    private readonly ArrayBufferWriter<byte> _buffer = new();

    public bool IsEmpty => _buffer.WrittenCount == 0;

    public void Byte(MqttPropertyId id, byte value)
    {
        if (value == 0)
            return;
        _buffer.Byte((byte)id);
        _buffer.Byte(value);
    }

    public void UInt16(MqttPropertyId id, ushort value)
    {
        if (value == 0)
            return;
        _buffer.Byte((byte)id);
        _buffer.UInt16(value);
    }

    public void UInt32(MqttPropertyId id, uint value)
    {
        if (value == 0)
            return;
        _buffer.Byte((byte)id);
        _buffer.UInt32(value);
    }

    public void Variable(MqttPropertyId id, uint value)
    {
        if (value == 0)
            return;
        _buffer.Byte((byte)id);
        _buffer.Variable(value);
    }

    public void Text(MqttPropertyId id, string value)
    {
        if (string.IsNullOrEmpty(value))
            return;
        _buffer.Byte((byte)id);
        _buffer.Text(value);
    }

    public void Binary(MqttPropertyId id, byte[] value)
    {
        if (value is null)
            return;
        _buffer.Byte((byte)id);
        _buffer.Binary(value);
    }

    public void User(List<MqttUserProperty> properties)
    {
        if (properties is null)
            return;
        foreach (MqttUserProperty property in properties)
        {
            _buffer.Byte((byte)MqttPropertyId.UserProperty);
            _buffer.Text(property.Name);
            _buffer.Binary(property.ValueBuffer.Span);
        }
    }

    /// <summary>Writes length and properties, and starts anew.</summary>
    public void WriteTo(ArrayBufferWriter<byte> target)
    {
        target.Variable((uint)_buffer.WrittenCount);
        target.Write(_buffer.WrittenSpan);
        _buffer.ResetWrittenCount();
    }

    /// <summary>Forgets what an encoding that failed has left behind.</summary>
    public void Clear() => _buffer.ResetWrittenCount();
}
