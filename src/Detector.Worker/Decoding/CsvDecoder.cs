using System.Text;
using System.Text.Unicode;
using Detector.Worker.Contracts;

namespace Detector.Worker.Decoding;

/// <summary>
/// Reads each line of a message as a sample. Columns are named by the options, or by the first line of the message at offset 0;
/// the separator (<c>,</c> <c>;</c> or tab) is told from the first line. An empty cell is missing; text where a number belongs is missing and counted.
/// </summary>
internal sealed class CsvDecoder : IDecoder
{
    private readonly DecodedSample _sample = new();
    private readonly DropTally _tally = new();
    private readonly CsvFields _fields = new();
    private readonly DecodeOptions _options;
    private readonly DecodeLimits _limits;
    private readonly NameRule _series;
    private readonly TimestampRule _time;
    private CsvColumns? _columns;
    private byte _separator;
    private long _latest;
    private long _messageTicks;

    public CsvDecoder(DecodeOptions options, DecodeLimits limits)
    {
        _options = options;
        _limits = limits;
        _series = NameRule.TryParse(options.Series, out NameRule rule, out string error) ? rule : throw new ArgumentException(error, nameof(options));
        _time = new TimestampRule(options);
        if (options.Columns.Count > 0)
            _columns = new CsvColumns([.. options.Columns], options, _series);
    }

    public DropReason Decode(in RawMessage message, ISampleSink sink)
    {
        ReadOnlySpan<byte> text = message.Payload.Span;
        if (text.Length > _limits.MaxMessageBytes)
            return DropReason.TooLarge;
        if (text.StartsWith("\uFEFF"u8))
            text = text[3..];
        text = text.Trim("\r\n"u8);
        if (text.IsEmpty)
            return DropReason.Empty;
        if (!Utf8.IsValid(text))
            return DropReason.Malformed;
        if (_separator == 0)
            _separator = Separator(text);
        bool header = _options.Columns.Count == 0 && message.Offset == 0;
        if (header && !TryReadHeader(ref text))
            return DropReason.Malformed;
        if (_columns is null)
            return DropReason.Malformed;

        _tally.Clear();
        long now = _limits.NowTicks();
        _latest = _limits.LatestTicks(now);
        _messageTicks = _time.FromMessage(message, now);
        ReadOnlySpan<byte> series = _series.FromMessage(message);
        while (!text.IsEmpty)
        {
            bool sound = _fields.TryRead(ref text, _separator);
            if (sound && _fields.Count == 1 && _fields[0].IsEmpty && _columns.Count > 1)
                continue;
            DropReason reason = sound && _fields.Count == _columns.Count ? ReadSample(_columns, series) : DropReason.Malformed;
            if (reason == DropReason.BadTimestamp && IsHeader(_columns))
            {
                header = true;
                continue;
            }

            if (reason == DropReason.None)
                sink.Accept(_sample);
            _tally.Count(reason);
        }

        return _tally.IsEmpty && !header ? DropReason.Empty : _tally.Report(sink);
    }

    private DropReason ReadSample(CsvColumns columns, ReadOnlySpan<byte> series)
    {
        if (columns.Series >= 0)
            series = NameRule.Usable(_fields[columns.Series]) ? _fields[columns.Series] : default;
        if (series.IsEmpty)
            return DropReason.MissingSeries;
        long ticks = _messageTicks;
        bool inside = columns.Timestamp >= 0 && !_fields[columns.Timestamp].IsEmpty;
        if (!inside && ticks == 0)
            return DropReason.MissingTimestamp;
        if (inside && !Timestamps.TryRead(_fields[columns.Timestamp], _time.Unit, out ticks))
            return DropReason.BadTimestamp;
        DropReason reason = SampleChecks.Time(ticks, _limits.EarliestTicks, _latest);
        if (reason != DropReason.None)
            return reason;

        _sample.Begin(series);
        _sample.Ticks = ticks;
        for (int i = 0; i < columns.Count; i++)
        {
            if (columns.Feature(i) is { } name)
                TextValue.Add(_sample, name, _fields[i]);
        }

        return SampleChecks.Values(_sample);
    }

    private bool TryReadHeader(ref ReadOnlySpan<byte> text)
    {
        _separator = Separator(text);
        if (!_fields.TryRead(ref text, _separator))
            return false;
        var names = new string[_fields.Count];
        for (int i = 0; i < names.Length; i++)
            names[i] = Encoding.UTF8.GetString(_fields[i]);
        _columns = new CsvColumns(names, _options, _series);
        return true;
    }

    /// <summary>Whether the line repeats the names of configured columns, as the first line of a file may.</summary>
    private bool IsHeader(CsvColumns columns) =>
        columns.Timestamp >= 0 && Ascii.EqualsIgnoreCase(_fields[columns.Timestamp], columns.TimestampName.Span);

    /// <summary>The separator that the first line has most of.</summary>
    private static byte Separator(ReadOnlySpan<byte> text)
    {
        int end = text.IndexOf((byte)'\n');
        ReadOnlySpan<byte> line = end < 0 ? text : text[..end];
        int commas = line.Count((byte)',');
        int semicolons = line.Count((byte)';');
        int tabs = line.Count((byte)'\t');
        return semicolons > commas && semicolons >= tabs ? (byte)';' : tabs > commas ? (byte)'\t' : (byte)',';
    }
}
