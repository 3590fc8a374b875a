using Google.Protobuf;

namespace Detector.Worker.Decoding.Sparkplug;

/// <summary>The payload of a Sparkplug B message, read into buffers that are reused for the next one.</summary>
internal sealed class Payload : WireMessage<Payload>
{
    /// <summary>Metrics beyond are not read: an empty one takes two bytes of the message and sixty of memory.</summary>
    public const int MaxMetrics = 65_536;

    private readonly MessageParser<Payload> _parser;
    private readonly MetricMessage _metric = new();
    private Metric[] _metrics = new Metric[64];
    private int _count;

    public Payload() => _parser = new MessageParser<Payload>(() => this).WithDiscardUnknownFields(true);

    /// <summary>Milliseconds since 1970 at which the message was sent.</summary>
    public ulong? Timestamp { get; private set; }

    /// <summary>Number of the message in its edge node's sequence, 0 to 255.</summary>
    public ulong? Sequence { get; private set; }

    public ReadOnlySpan<Metric> Metrics => _metrics.AsSpan(0, _count);

    /// <summary>Whether there were more metrics than are read.</summary>
    public bool IsOverfull { get; private set; }

    /// <summary>Reads a payload; false when the bytes are none.</summary>
    public bool TryRead(ReadOnlySpan<byte> bytes)
    {
        Timestamp = null;
        Sequence = null;
        IsOverfull = false;
        _count = 0;
        if (!WireLengths.Fit(bytes))
            return false;
        try
        {
            _parser.ParseFrom(bytes);
            return true;
        }
        catch (InvalidProtocolBufferException)
        {
            return false;
        }
    }

    protected override bool TryReadField(uint tag, ref ParseContext input)
    {
        switch (tag)
        {
            case 1 << 3:
                Timestamp = input.ReadUInt64();
                return true;
            case (2 << 3) | 2 when _count < MaxMetrics:
                _metric.Metric = default;
                input.ReadMessage(_metric);
                Add(_metric.Metric);
                return true;
            case (2 << 3) | 2:
                IsOverfull = true;
                return false;
            case 3 << 3:
                Sequence = input.ReadUInt64();
                return true;
            default:
                return false;
        }
    }

    private void Add(in Metric metric)
    {
        if (_count == _metrics.Length)
            Array.Resize(ref _metrics, _count * 2);
        _metrics[_count++] = metric;
    }
}
