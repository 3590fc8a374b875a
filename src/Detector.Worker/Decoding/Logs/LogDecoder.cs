using Detector.Models.Logs;
using Detector.Worker.Contracts;
using Detector.Worker.Decoding.Sparkplug;
using Detector.Worker.Telemetry;

namespace Detector.Worker.Decoding.Logs;

/// <summary>
/// Counts log lines: each line gets its template, and each series a sample for every bucket of time. A message holds one line or several. A line
/// without a time has that of the line before it, or else of its message.
/// </summary>
internal sealed partial class LogDecoder : IDecoder, IDisposable
{
    /// <summary>How long a line waits for others that belong to it when nothing comes.</summary>
    private static readonly TimeSpan s_joinFor = TimeSpan.FromSeconds(1);

    /// <summary>Templates that are told of in one go, before a bucket's time passes without.</summary>
    private const int MostToldABucket = 100;

    /// <summary>How long lines may be on their way, so that their absence says nothing.</summary>
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(10);

    private readonly DecodedSample _sample = new();
    private readonly DropTally _tally = new();
    private readonly StructuredLine _structured = new();
    private readonly LogOptions _options;
    private readonly DecodeLimits _limits;
    private readonly NameRule _name;
    private readonly TimestampRule _time;
    private readonly LogLayout? _layout;
    private readonly TemplateMiner _miner;
    private readonly LogSlots _slots = new();
    private readonly SessionTracker? _sessions;
    private readonly Dictionary<byte[], LogSeries> _series = new(Utf8Comparer.Instance);
    private readonly Dictionary<string, PendingRecord> _streams = new(StringComparer.Ordinal);
    private readonly DecodeOptions _decode;
    private ISampleSink _sink = null!;
    private byte[] _content = new byte[1024];
    private byte[] _divided = new byte[128];
    private long _first; // event time of the first line, UTC ticks
    private long _newest; // event time of the newest
    private long _closed; // event time up to which every series is closed
    private long _version; // grows with every change
    private long _tellFrom; // event time before which no new template is told of
    private int _told;
    private Receipt _receipt; // of the message that is decoded
    private long _reportedLines;
    private long _reportedEvictions;
    private int _reportedTemplates;

    public LogDecoder(DecodeOptions options, DecodeLimits limits)
        : this(options, limits, new LogNotes())
    {
    }

    private LogDecoder(DecodeOptions options, DecodeLimits limits, LogNotes notes)
    {
        _decode = options;
        Notes = notes;
        _options = options.Logs;
        _limits = limits;
        _name = NameRule.TryParse(options.Series, out NameRule rule, out string error) ? rule : throw new ArgumentException(error, nameof(options));
        _time = new TimestampRule(options);
        _layout = _options.Layout is null ? null : LogLayout.Parse(_options.Layout, out _);
        _miner = new TemplateMiner(new MinerOptions { Masks = Enum.Parse<Masks>(_options.Masks, ignoreCase: true), MaxSignatures = _options.MaxSignatures });
        if (_options.Session is not null)
            _sessions = new SessionTracker(_options, limits.Clock) { Judged = OnJudged };
    }

    /// <summary>What stands behind the features.</summary>
    public LogNotes Notes { get; }

    /// <summary>Told of every template that was learned, that comes anew, or that has become more general; with the claim of the message that showed it.</summary>
    public Action<LogTemplate, Receipt>? Found { get; set; }

    /// <summary>Counts what it does; null counts nothing.</summary>
    public LogMetrics? Metrics { get; set; }

    /// <summary>Told once, on the source's thread, when learning has ended.</summary>
    public Action? Learned { get; set; }

    /// <summary>Told of every decoder that is made for a partition.</summary>
    public Action<LogDecoder>? Divided { get; set; }

    public bool HasLearned { get; private set; }

    public TemplateMiner Miner => _miner;

    public IDecoder OfPartition()
    {
        var own = new LogDecoder(_decode, _limits, Notes) { Found = Found, Metrics = Metrics };
        Divided?.Invoke(own);
        return own;
    }

    public DropReason Decode(in RawMessage message, ISampleSink sink)
    {
        ReadOnlySpan<byte> text = message.Payload.Span;
        if (text.Length > _limits.MaxMessageBytes)
            return DropReason.TooLarge;
        _sink = sink;
        _tally.Clear();
        _version++;
        _receipt = message.Receipt;
        long now = _limits.NowTicks();
        PendingRecord stream = StreamOf(message);
        ReadOnlySpan<byte> series = _name.FromMessage(message);
        long ticks = _time.FromMessage(message, now);
        ticks = ticks == 0 ? message.BrokerTicks : ticks;
        bool any = false;
        while (!text.IsEmpty)
        {
            int end = text.IndexOf((byte)'\n');
            ReadOnlySpan<byte> line = (end < 0 ? text : text[..end]).TrimEnd("\r\0"u8);
            text = end < 0 ? default : text[(end + 1)..];
            if (line.IsEmpty)
                continue;
            any = true;
            if (_options.MultiLine && !stream.IsEmpty && PendingRecord.Continues(line))
            {
                stream.Continue(line);
                _tally.Count(DropReason.None);
                continue;
            }

            Flush(stream, now);
            stream.Begin(line, series, ticks);
            if (_options.MultiLine)
                _tally.Count(DropReason.None);
            else
                Flush(stream, now);
        }

        CloseDue();
        _receipt = Receipt.None;
        Report();
        return any ? _tally.Report(sink) : DropReason.Empty;
    }

    public void Idle(ISampleSink sink, TimeSpan silent)
    {
        if (silent < s_joinFor)
            return;
        _sink = sink;
        _version++;
        foreach (PendingRecord stream in _streams.Values)
            Flush(stream, _limits.NowTicks());
        // Without lines, time goes on as the clock does.
        if (_newest > 0)
            CloseUntil(_newest + silent.Ticks - Math.Max(s_patience.Ticks, _options.Bucket.Ticks));
    }

    public void Finish(ISampleSink sink)
    {
        _sink = sink;
        _version++;
        foreach (PendingRecord stream in _streams.Values)
            Flush(stream, _limits.NowTicks());
        _sessions?.EndAll();
        CloseUntil(_newest + _options.Bucket.Ticks);
    }

    /// <summary>Goes on with other lines of the same series, whose times may be earlier.</summary>
    public void StartOver()
    {
        (_first, _newest, _closed) = (0, 0, 0);
        _streams.Clear();
        foreach (LogSeries series in _series.Values)
            series.Close();
    }

    /// <summary>Its partition is gone: its templates do not count any more.</summary>
    public void Dispose() => Metrics?.Templates(-_reportedTemplates);

    private void Report()
    {
        if (Metrics is null)
            return;
        Metrics.Lines(_miner.Lines - _reportedLines);
        Metrics.Evicted(_miner.Evicted - _reportedEvictions);
        Metrics.Templates(_miner.Templates.Count - _reportedTemplates);
        (_reportedLines, _reportedEvictions, _reportedTemplates) = (_miner.Lines, _miner.Evicted, _miner.Templates.Count);
    }

    private PendingRecord StreamOf(in RawMessage message)
    {
        if (_streams.TryGetValue(message.Topic, out PendingRecord? stream))
            return stream;
        // Topics of MQTT are many: a stream that has nothing pending can be forgotten.
        if (_streams.Count >= 4 * _options.MaxSeries)
        {
            foreach (PendingRecord idle in _streams.Values)
                Flush(idle, _limits.NowTicks());
            _streams.Clear();
        }

        _streams.Add(message.Topic, stream = new PendingRecord());
        return stream;
    }

    /// <summary>Closes the buckets of every series that has had a whole bucket's time for lines out of order.</summary>
    private void CloseDue()
    {
        if (_newest - _closed >= 2 * _options.Bucket.Ticks)
            CloseUntil(_newest - _options.Bucket.Ticks);
    }

    private void CloseUntil(long ticks)
    {
        _sessions?.EndUntil(ticks);
        if (!HasLearned || ticks <= _closed)
            return;
        _closed = ticks - ticks % _options.Bucket.Ticks;
        foreach (LogSeries series in _series.Values)
            series.CloseUntil(_closed, _sample, _sink, _version);
    }
}
