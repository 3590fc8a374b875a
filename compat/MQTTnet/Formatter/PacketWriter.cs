using System.Buffers;
using System.Buffers.Binary;
using System.Text;
using MQTTnet.Exceptions;

namespace MQTTnet.Formatter;

/// <summary>Writes the fields of packets one after another.</summary>
internal static class PacketWriter
{
    private const uint MaxVariable = (1 << 28) - 1;

    public static void Byte(this ArrayBufferWriter<byte> target, byte value)
    {
        target.GetSpan(1)[0] = value;
        target.Advance(1);
    }

    public static void UInt16(this ArrayBufferWriter<byte> target, ushort value)
    {
        BinaryPrimitives.WriteUInt16BigEndian(target.GetSpan(2), value);
        target.Advance(2);
    }

    public static void UInt32(this ArrayBufferWriter<byte> target, uint value)
    {
        BinaryPrimitives.WriteUInt32BigEndian(target.GetSpan(4), value);
        target.Advance(4);
    }

    /// <exception cref="MqttProtocolViolationException">The value needs more than 28 bits.</exception>
    public static void Variable(this ArrayBufferWriter<byte> target, uint value)
    {
        if (value > MaxVariable)
            throw new MqttProtocolViolationException($"The value {value} is too large for a variable byte integer ({MaxVariable}).");
        for (; value >= 0x80; value >>= 7)
            target.Byte((byte)(value | 0x80));
        target.Byte((byte)value);
    }

    /// <exception cref="MqttProtocolViolationException">The text is longer than 65,535 bytes.</exception>
    public static void Text(this ArrayBufferWriter<byte> target, string value)
    {
        value ??= "";
        int length = Encoding.UTF8.GetByteCount(value);
        target.UInt16(Length(length));
        Encoding.UTF8.GetBytes(value, target.GetSpan(length + 1));
        target.Advance(length);
    }

    /// <exception cref="MqttProtocolViolationException">There are more than 65,535 bytes.</exception>
    public static void Binary(this ArrayBufferWriter<byte> target, ReadOnlySpan<byte> value)
    {
        target.UInt16(Length(value.Length));
        target.Write(value);
    }

    private static ushort Length(int length) => length <= ushort.MaxValue
        ? (ushort)length
        : throw new MqttProtocolViolationException($"The maximum string length is {ushort.MaxValue}. The current string has a length of {length}.");
}
