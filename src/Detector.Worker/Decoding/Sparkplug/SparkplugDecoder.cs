using Detector.Worker.Contracts;

namespace Detector.Worker.Decoding.Sparkplug;

/// <summary>
/// Reads Sparkplug B: births and data of edge nodes and devices, told apart by the topic. The metrics of one time are one sample; samples are handed over in
/// order of time. Metrics without a name are known by the alias that a birth gave them; before that they are dropped as <c>unknown_alias</c>.
/// Deaths, commands and states hold no samples. Specification: https://sparkplug.eclipse.org/specification/version/3.0/documents/sparkplug-specification-3.0.0.pdf
/// </summary>
internal sealed partial class SparkplugDecoder : IDecoder
{
    private const int MaxTopics = 16_384;
    private const string BirthRecord = "births";

    private readonly DecodedSample _sample = new();
    private readonly DropTally _tally = new();
    private readonly Payload _payload = new();
    private readonly BirthRegister _births = new();
    private readonly Dictionary<string, SparkplugTopic> _topics = new(StringComparer.Ordinal);
    private readonly DecodeLimits _limits;
    private readonly NameRule? _series;
    private readonly FeatureFilter _filter;
    private readonly TimestampRule _time;
    private long _latest;
    private long _messageTicks;

    public SparkplugDecoder(DecodeOptions options, DecodeLimits limits)
    {
        _limits = limits;
        if (options.Series is not null)
            _series = NameRule.TryParse(options.Series, out NameRule rule, out string error) ? rule : throw new ArgumentException(error, nameof(options));
        _filter = new FeatureFilter(options);
        _time = new TimestampRule(options);
    }

    public DropReason Decode(in RawMessage message, ISampleSink sink)
    {
        if (message.Payload.Length > _limits.MaxMessageBytes)
            return DropReason.TooLarge;
        SparkplugTopic topic = Topic(message.Topic);
        if (topic.Kind == MessageKind.Foreign)
            return DropReason.Malformed;
        if (topic.Kind == MessageKind.Other)
            return DropReason.None;
        if (message.Payload.IsEmpty)
            return DropReason.Empty;
        if (!_payload.TryRead(message.Payload.Span))
            return DropReason.Malformed;

        Follow(topic, sink);
        if (topic.Kind == MessageKind.DeviceDeath)
            return DropReason.None;
        bool birth = topic.Kind != MessageKind.Change;
        if (birth)
            _births.Declare(topic.Owner, _payload.Metrics);
        DropReason reason = ReadSamples(topic, message, sink);
        return birth && reason == DropReason.NoFeatures ? DropReason.None : reason;
    }

    public IReadOnlyList<KeyValuePair<string, byte[]?>> Save(ref long version)
    {
        if (version == _births.Births)
            return [];
        version = _births.Births;
        var bytes = new MemoryStream();
        using var writer = new BinaryWriter(bytes);
        _births.Save(writer);
        writer.Flush();
        return [new(BirthRecord, bytes.ToArray())];
    }

    public long Load(IReadOnlyDictionary<string, byte[]> records)
    {
        if (records.TryGetValue(BirthRecord, out byte[]? record))
        {
            using var reader = new BinaryReader(new MemoryStream(record));
            _births.Load(reader);
        }

        return _births.Births;
    }

    private DropReason ReadSamples(SparkplugTopic topic, in RawMessage message, ISampleSink sink)
    {
        ReadOnlySpan<byte> series = _series is null ? topic.Series : _series.FromMessage(message);
        if (!NameRule.Usable(series))
            return DropReason.MissingSeries;
        if (_payload.IsOverfull)
            return DropReason.FeatureLimit;
        long now = _limits.NowTicks();
        _latest = _limits.LatestTicks(now);
        _messageTicks = _time.FromMessage(message, now);
        _tally.Clear();
        Gather(_births.Of(topic.Owner));
        EmitSamples(series, sink);
        return _tally.IsEmpty ? DropReason.NoFeatures : _tally.Report(sink);
    }

    /// <summary>Holds the message's number against its edge node's sequence. A number from behind is one that comes again or late.</summary>
    private void Follow(SparkplugTopic topic, ISampleSink sink)
    {
        if (_payload.Sequence is not { } number || number > 255)
            return;
        BirthCertificate edge = _births.Of(topic.Edge);
        int ahead = topic.Kind == MessageKind.NodeBirth || edge.Sequence < 0 ? 1 : ((int)number - edge.Sequence) & 255;
        if (ahead is 0 or >= 128)
            return;
        edge.Sequence = (int)number;
        if (ahead > 1)
            sink.Missed(ahead - 1);
    }

    private SparkplugTopic Topic(string name)
    {
        if (_topics.TryGetValue(name, out SparkplugTopic? topic))
            return topic;
        topic = SparkplugTopic.Parse(name);
        if (_topics.Count >= MaxTopics)
            _topics.Clear();
        if (name.Length <= NameRule.MaxBytes)
            _topics.Add(name, topic);
        return topic;
    }
}
