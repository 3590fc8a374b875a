using Detector.Worker.Contracts;

namespace Detector.Worker.Decoding.Logs;

/// <summary>The open bucket of one series, and what is remembered of those before.</summary>
internal sealed class LogSeries(byte[] key, LogOptions options, LogSlots slots, LogNotes notes)
{
    /// <summary>Empty buckets that are handed over after the last line; behind a longer silence the next bucket starts anew.</summary>
    private const int MaxEmpty = 360;

    private readonly long _bucketTicks = options.Bucket.Ticks;
    private readonly LogBucket _bucket = new();
    private readonly Transitions _transitions = new();
    private Heartbeats? _heartbeats;
    private long _start = -1; // ticks at which the open bucket begins; none is open below 0
    private long _lastTicks;
    private int _empty;

    public byte[] Key { get; } = key;

    public string Name { get; } = System.Text.Encoding.UTF8.GetString(key);

    /// <summary>What of its sessions ended in the open bucket.</summary>
    public SessionPeak Sessions { get; } = new();

    /// <summary>What its lines have to show.</summary>
    public SeriesNotes Shown { get; } = new();

    /// <summary>The decoder's version in which it changed last.</summary>
    public long Changed { get; set; }

    /// <summary>Whether samples are handed over: learning has ended.</summary>
    public bool IsOpen => _start >= 0;

    public void Open(long ticks)
    {
        _start = ticks - ticks % _bucketTicks;
        _bucket.Clear(slots.Count);
        _heartbeats ??= new Heartbeats(slots.Count);
    }

    /// <summary>The next line opens a bucket anew.</summary>
    public void Close() => (_start, _lastTicks, _empty) = (-1, 0, 0);

    /// <summary>Learns which template follows which, before samples are handed over.</summary>
    public void Follow(ulong template) => _transitions.Add(template);

    public void Add(in LogRecord record, ulong template, ReadOnlySpan<double> numbers)
    {
        bool newTransition = _transitions.Add(template);
        long gap = _lastTicks == 0 ? 0 : Math.Max(0, record.Ticks - _lastTicks);
        _lastTicks = Math.Max(_lastTicks, record.Ticks);
        _empty = 0;
        _bucket.Add(record, newTransition, gap, numbers);
    }

    /// <summary>Hands over every bucket that ends at or before a time.</summary>
    /// <param name="version">The decoder's.</param>
    public void CloseUntil(long ticks, DecodedSample sample, ISampleSink sink, long version)
    {
        while (_start >= 0 && _start + _bucketTicks <= ticks)
        {
            Changed = version;
            if (_bucket.Lines == 0 && ++_empty > MaxEmpty)
            {
                _start = ticks - ticks % _bucketTicks;
                return;
            }

            Emit(sample, sink);
            _start += _bucketTicks;
        }
    }

    public void Save(BinaryWriter writer)
    {
        writer.Write(_start);
        writer.Write(_lastTicks);
        writer.Write(_empty);
        _transitions.Save(writer);
        Sessions.Save(writer);
        Shown.Save(writer, notes, Name);
        _bucket.Save(writer);
        writer.Write(_heartbeats is not null);
        _heartbeats?.Save(writer);
    }

    public void Load(BinaryReader reader)
    {
        _start = reader.ReadInt64();
        _lastTicks = reader.ReadInt64();
        _empty = reader.ReadInt32();
        _transitions.Load(reader);
        Sessions.Load(reader);
        Shown.Load(reader, notes, Name);
        _bucket.Load(reader);
        if (!reader.ReadBoolean())
            return;
        _heartbeats = new Heartbeats(slots.Count);
        _heartbeats.Load(reader);
    }

    private void Emit(DecodedSample sample, ISampleSink sink)
    {
        sample.Begin(Key);
        sample.Ticks = _start + _bucketTicks;
        _heartbeats!.Observe(_bucket.Counts);
        if (_heartbeats.Missing.Count > 0)
            Shown.Show(LogFeatures.Heartbeats, _heartbeats.Missing.Select(slots.Text));
        Shown.HandOn(notes, Name, sample.Ticks);
        _bucket.Write(sample, slots, _heartbeats.Missing.Count, options.Parameters);
        Sessions.Write(sample);
        sink.Accept(sample);
        _bucket.Clear(slots.Count);
        Sessions.Clear();
    }
}
