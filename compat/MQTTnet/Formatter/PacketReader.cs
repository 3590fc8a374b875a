using System.Buffers.Binary;
using System.Text;
using MQTTnet.Exceptions;

namespace MQTTnet.Formatter;

/// <summary>Reads the fields of one packet; refuses to read beyond its end.</summary>
internal ref struct PacketReader(ReadOnlySpan<byte> body)
{
    private ReadOnlySpan<byte> _rest = body;

    public readonly bool IsAtEnd => _rest.IsEmpty;

    public byte Byte() => Take(1)[0];

    public ushort UInt16() => BinaryPrimitives.ReadUInt16BigEndian(Take(2));

    public uint UInt32() => BinaryPrimitives.ReadUInt32BigEndian(Take(4));

    /// <summary>Seven bits a byte, four bytes at most, section 1.5.5 of the standard.</summary>
    public uint Variable()
    {
        uint value = 0;
        for (int shift = 0; shift < 28; shift += 7)
        {
            byte part = Byte();
            value |= (uint)(part & 0x7F) << shift;
            if (part < 0x80)
                return value;
        }

        throw new MqttProtocolViolationException("Variable length integer is invalid.");
    }

    public string Text() => Encoding.UTF8.GetString(TextBytes());

    /// <summary>Text as it stands in the packet.</summary>
    public ReadOnlySpan<byte> TextBytes() => Take(UInt16());

    public byte[] Binary() => TextBytes().ToArray();

    public byte[] Rest() => Take(_rest.Length).ToArray();

    /// <summary>A reader of the next bytes alone.</summary>
    public PacketReader Part(uint length) => length <= int.MaxValue ? new(Take((int)length)) : throw TooShort((int)(length >> 1));

    private ReadOnlySpan<byte> Take(int length)
    {
        if (length > _rest.Length)
            throw TooShort(length);
        ReadOnlySpan<byte> taken = _rest[..length];
        _rest = _rest[length..];
        return taken;
    }

    private readonly MqttProtocolViolationException TooShort(int length) =>
        new($"Expected at least {length} bytes but there are only {_rest.Length} bytes");
}
