using Google.Protobuf;

namespace Detector.Tests.Messages;

/// <summary>Writes payloads of Sparkplug B, field by field.</summary>
internal sealed class SparkplugPayload
{
    private readonly MemoryStream _bytes = new();
    private readonly CodedOutputStream _output;

    public SparkplugPayload(ulong? timestamp = null, ulong? sequence = null)
    {
        _output = new CodedOutputStream(_bytes);
        if (timestamp is { } time)
            Varint(_output, 1, time);
        if (sequence is { } number)
            Varint(_output, 3, number);
    }

    /// <param name="type">Number of the data type; 0 leaves it out.</param>
    /// <param name="value">uint, ulong, float, double, bool or string, in the field of that type; null leaves it out.</param>
    public SparkplugPayload Add(string? name, ulong? alias, uint type, object? value, ulong? timestamp = null, bool isNull = false)
    {
        using var bytes = new MemoryStream();
        using (var metric = new CodedOutputStream(bytes, leaveOpen: true))
        {
            if (name is not null)
            {
                metric.WriteTag(1, WireFormat.WireType.LengthDelimited);
                metric.WriteString(name);
            }

            if (alias is { } number)
                Varint(metric, 2, number);
            if (timestamp is { } time)
                Varint(metric, 3, time);
            if (type > 0)
                Varint(metric, 4, type);
            if (isNull)
                Varint(metric, 7, 1);
            WriteValue(metric, value);
        }

        _output.WriteTag(2, WireFormat.WireType.LengthDelimited);
        _output.WriteBytes(ByteString.CopyFrom(bytes.ToArray()));
        return this;
    }

    public byte[] ToBytes()
    {
        _output.Flush();
        return _bytes.ToArray();
    }

    private static void WriteValue(CodedOutputStream metric, object? value)
    {
        switch (value)
        {
            case uint integer:
                Varint(metric, 10, integer);
                break;
            case ulong integer:
                Varint(metric, 11, integer);
                break;
            case float number:
                metric.WriteTag(12, WireFormat.WireType.Fixed32);
                metric.WriteFloat(number);
                break;
            case double number:
                metric.WriteTag(13, WireFormat.WireType.Fixed64);
                metric.WriteDouble(number);
                break;
            case bool flag:
                Varint(metric, 14, flag ? 1UL : 0);
                break;
            case string text:
                metric.WriteTag(15, WireFormat.WireType.LengthDelimited);
                metric.WriteString(text);
                break;
        }
    }

    private static void Varint(CodedOutputStream output, int field, ulong value)
    {
        output.WriteTag(field, WireFormat.WireType.Varint);
        output.WriteUInt64(value);
    }
}
