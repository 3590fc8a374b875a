using System.Text.Unicode;
using Detector.Worker.Contracts;

namespace Detector.Worker.Decoding.LineProtocol;

/// <summary>
/// Reads each line of a message (InfluxDB's line protocol, as Telegraf writes it) as a sample. Text fields are missing and counted;
/// <c>t</c> is 1 and <c>f</c> 0. Empty lines and comments are passed over.
/// </summary>
internal sealed class LineProtocolDecoder : IDecoder
{
    private readonly DecodedSample _sample = new();
    private readonly DropTally _tally = new();
    private readonly Line _line = new();
    private readonly DecodeLimits _limits;
    private readonly NameRule _series;
    private readonly LineNames _names;
    private readonly FeatureFilter _filter;
    private readonly TimestampRule _time;
    private readonly bool _seriesInside;
    private long _latest;
    private long _messageTicks;

    public LineProtocolDecoder(DecodeOptions options, DecodeLimits limits)
    {
        _limits = limits;
        _series = NameRule.TryParse(options.Series, out NameRule rule, out string error) ? rule : throw new ArgumentException(error, nameof(options));
        bool whole = options.Series is null;
        _seriesInside = whole || rule.Tags is not null;
        _names = new LineNames(rule.Tags, whole);
        _filter = new FeatureFilter(options);
        _time = new TimestampRule(options);
    }

    public DropReason Decode(in RawMessage message, ISampleSink sink)
    {
        ReadOnlySpan<byte> text = message.Payload.Span;
        if (text.Length > _limits.MaxMessageBytes)
            return DropReason.TooLarge;
        if (!Utf8.IsValid(text))
            return DropReason.Malformed;

        _tally.Clear();
        long now = _limits.NowTicks();
        _latest = _limits.LatestTicks(now);
        _messageTicks = _time.FromMessage(message, now);
        ReadOnlySpan<byte> series = _seriesInside ? default : _series.FromMessage(message);
        bool any = false;
        while (SkipToLine(ref text))
        {
            any = true;
            DropReason reason = _line.TryRead(ref text) ? ReadSample(series) : DropReason.Malformed;
            if (reason == DropReason.None)
                sink.Accept(_sample);
            _tally.Count(reason);
        }

        return any ? _tally.Report(sink) : DropReason.Empty;
    }

    /// <summary>Steps over empty lines and comments; false at the end.</summary>
    private static bool SkipToLine(ref ReadOnlySpan<byte> text)
    {
        text = text.TrimStart(" \t\r\n"u8);
        while (!text.IsEmpty && text[0] == '#')
        {
            int end = text.IndexOf((byte)'\n');
            text = end < 0 ? default : text[end..].TrimStart(" \t\r\n"u8);
        }

        return !text.IsEmpty;
    }

    private DropReason ReadSample(ReadOnlySpan<byte> series)
    {
        if (_seriesInside)
            series = _names.Series(_line);
        if (!NameRule.Usable(series))
            return DropReason.MissingSeries;

        long ticks = _messageTicks;
        bool inside = _time.IsInside && !_line.Time.IsEmpty;
        if (!inside && ticks == 0)
            return DropReason.MissingTimestamp;
        if (inside && !Timestamps.TryReadNumber(_line.Time, _time.Unit, out ticks))
            return DropReason.BadTimestamp;
        DropReason reason = SampleChecks.Time(ticks, _limits.EarliestTicks, _latest);
        if (reason != DropReason.None)
            return reason;

        _sample.Begin(series);
        _sample.Ticks = ticks;
        _names.BeginFeatures(_line);
        foreach (Line.Field field in _line.Fields)
        {
            ReadOnlySpan<byte> name = _names.Feature(_line[field.Key]);
            if (!_filter.Takes(_line[field.Key], name))
                continue;
            if (field.Value is { } value)
                _sample.Add(name, value);
            else
                _sample.AddWrongType(name);
        }

        return SampleChecks.Values(_sample);
    }
}
