using Google.Protobuf;

namespace Detector.Worker.Decoding.Sparkplug;

/// <summary>One metric of a payload as it stands on the wire.</summary>
internal struct Metric
{
    /// <summary>UTF-8; null when it is named by its alias.</summary>
    public ByteString? Name;
    public ulong? Alias;

    /// <summary>Milliseconds since 1970.</summary>
    public ulong? Timestamp;
    public MetricType Type;
    public bool IsNull;
    public WireValue Wire;

    /// <summary>The value's bits; a float is widened to a double.</summary>
    public ulong Bits;

    /// <summary>The number by the type that the metric is of; null when it carries none. Signed integers are carried in unsigned fields.</summary>
    public readonly double? Number(MetricType type) => Wire switch
    {
        WireValue.Float or WireValue.Double => BitConverter.UInt64BitsToDouble(Bits),
        WireValue.Boolean => Bits,
        WireValue.Integer32 or WireValue.Integer64 => type switch
        {
            MetricType.Int8 => (sbyte)Bits,
            MetricType.Int16 => (short)Bits,
            MetricType.Int32 => (int)Bits,
            MetricType.Int64 => Wire == WireValue.Integer32 ? (int)Bits : (long)Bits,
            _ => Bits,
        },
        _ => null,
    };
}
