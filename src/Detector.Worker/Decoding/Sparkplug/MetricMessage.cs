using Google.Protobuf;

namespace Detector.Worker.Decoding.Sparkplug;

/// <summary>Reads one metric of a payload. Field numbers: sparkplug_b.proto of Sparkplug 3.0.0.</summary>
internal sealed class MetricMessage : WireMessage<MetricMessage>
{
    private Metric _metric;

    /// <summary>What was read; set it anew before the next.</summary>
    public ref Metric Metric => ref _metric;

    protected override bool TryReadField(uint tag, ref ParseContext input)
    {
        switch (tag)
        {
            case (1 << 3) | 2:
                _metric.Name = input.ReadBytes();
                return true;
            case 2 << 3:
                _metric.Alias = input.ReadUInt64();
                return true;
            case 3 << 3:
                _metric.Timestamp = input.ReadUInt64();
                return true;
            case 4 << 3:
                _metric.Type = (MetricType)input.ReadUInt32();
                return true;
            case 7 << 3:
                _metric.IsNull = input.ReadBool();
                return true;
            case 10 << 3:
                return Take(WireValue.Integer32, input.ReadUInt32());
            case 11 << 3:
                return Take(WireValue.Integer64, input.ReadUInt64());
            case (12 << 3) | 5:
                return Take(WireValue.Float, BitConverter.DoubleToUInt64Bits(input.ReadFloat()));
            case (13 << 3) | 1:
                return Take(WireValue.Double, BitConverter.DoubleToUInt64Bits(input.ReadDouble()));
            case 14 << 3:
                return Take(WireValue.Boolean, input.ReadBool() ? 1UL : 0);
            case >= ((15 << 3) | 2) and <= ((19 << 3) | 2):
                _metric.Wire = WireValue.Other;
                return false;
            default:
                return false;
        }
    }

    private bool Take(WireValue wire, ulong bits)
    {
        _metric.Wire = wire;
        _metric.Bits = bits;
        return true;
    }
}
