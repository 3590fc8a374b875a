using MQTTnet.Exceptions;
using MQTTnet.Packets;
using MQTTnet.Protocol;

namespace MQTTnet.Formatter;

/// <summary>Goes through the properties of an MQTT 5 packet. User properties are gathered on the way.</summary>
internal ref struct PropertyReader
{
    private PacketReader _reader;

    public PropertyReader(ref PacketReader packet)
    {
        // Acknowledgements may leave out even the length.
        if (!packet.IsAtEnd)
            _reader = packet.Part(packet.Variable());
    }

    public MqttPropertyId Id { get; private set; }

    public List<MqttUserProperty> UserProperties { get; private set; }

    public bool MoveNext()
    {
        while (!_reader.IsAtEnd)
        {
            Id = (MqttPropertyId)_reader.Byte();
            if (Id != MqttPropertyId.UserProperty)
                return true;
            (UserProperties ??= []).Add(new MqttUserProperty(_reader.Text(), (ReadOnlyMemory<byte>)_reader.Binary()));
        }

        return false;
    }

    public byte Byte() => _reader.Byte();

    public bool Flag() => _reader.Byte() == 1;

    public ushort UInt16() => _reader.UInt16();

    public uint UInt32() => _reader.UInt32();

    public uint Variable() => _reader.Variable();

    public string Text() => _reader.Text();

    public byte[] Binary() => _reader.Binary();

    public readonly MqttProtocolViolationException Unexpected(MqttControlPacketType type) =>
        new($"Property ID '{(int)Id}' is not supported for package type '{type}'.");
}
