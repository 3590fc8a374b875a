using System.Text;
using Detector.Worker.Contracts;

namespace Detector.Worker.Ingestion;

/// <summary>
/// Follows a file as it grows, through rotation: when another file stands under the name, or the file has become shorter, the rest of the old one is
/// read first. Each line is a message; a line without its end is waited for. A file that is not there yet is waited for too.
/// </summary>
/// <remarks>
/// Where it was read to is part of the state, and is kept beside the models when a position file is named: a checksum of the file's first bytes, and the
/// offset behind the finished prefix, so that lines are neither lost nor read twice by a restart, however often the file was rotated meanwhile, as long as
/// the rotated ones are there, are not packed, and are named by a number or a date.
/// </remarks>
internal sealed class TailSource : ISource
{
    private static readonly TimeSpan s_busy = TimeSpan.FromMilliseconds(1);
    private static readonly TimeSpan s_poll = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan s_store = TimeSpan.FromSeconds(1);

    private readonly string _path;
    private readonly string _topic;
    private readonly byte[] _key;
    private readonly TailPosition? _position;
    private readonly OffsetLedger _ledger;
    private readonly TimeProvider _clock;
    private readonly Func<TailPlace?, int, TailReader> _open;
    private TailReader? _reader;
    private long _next; // position behind the line handed over last
    private TailPlace? _place; // the latest that was saved
    private long _lastStore;

    /// <param name="fromStart">Whether a file that is met for the first time is read from its start; else only what comes.</param>
    /// <param name="positionPath">File that keeps the position; null keeps none.</param>
    public TailSource(string name, string path, int maxInFlight, int maxMessageBytes, bool fromStart, string? positionPath, TimeProvider clock)
    {
        Name = name;
        _path = path;
        _clock = clock;
        _topic = Path.GetFileNameWithoutExtension(path);
        _key = Encoding.UTF8.GetBytes(_topic);
        _ledger = new OffsetLedger(maxInFlight) { Saving = writer => (_place = _reader!.PlaceOf(_next) ?? _place!).Save(writer) };
        _position = positionPath is null ? null : new TailPosition(positionPath);
        _open = (place, number) => new TailReader(path, maxMessageBytes, fromStart, place, number);
    }

    public string Name { get; }

    public bool IsReady => File.Exists(_path);

    public long Lag => _reader?.Behind ?? 0;

    public void Run(IMessageSink sink, CancellationToken stop)
    {
        _ledger.KeepsState = sink.KeepsState;
        _reader = Resume(sink.Assigned(_ledger, "file", null));
        while (!stop.IsCancellationRequested)
        {
            if (!_reader.TryRead(out ReadOnlyMemory<byte> line, out long offset))
            {
                sink.Idle();
                StoreNowAndThen();
                if (stop.WaitHandle.WaitOne(s_poll))
                    return;
                continue;
            }

            if (!line.IsEmpty && !Deliver(line, offset, sink, stop))
                return;
            StoreNowAndThen();
        }
    }

    public void StoreFinished()
    {
        if (_reader is { } reader && _ledger.TryTakeFinished(out long offset) && reader.Place(offset) is { } place)
            _position?.Save(place);
    }

    public void Dispose()
    {
        StoreFinished();
        _reader?.Dispose();
    }

    /// <summary>Goes on where the state ends; without state, where the lines before were finished.</summary>
    private TailReader Resume(ResumePoint? point)
    {
        if (point is not { } known)
            return _open(_position?.Load(), 0);
        _next = known.Position;
        using var reader = new BinaryReader(new MemoryStream(known.SourceState));
        _place = TailPlace.Load(reader);
        return _open(_place, TailReader.FileOf(known.Position));
    }

    private bool Deliver(ReadOnlyMemory<byte> line, long offset, IMessageSink sink, CancellationToken stop)
    {
        Receipt receipt;
        while (!_ledger.TryBegin(offset, out receipt))
        {
            sink.Exhausted();
            if (!Wait(sink, stop))
                return false;
        }

        var message = new RawMessage(line, _key, _topic, 0, offset, receipt);
        while (!sink.TryAccept(message))
        {
            if (!Wait(sink, stop))
                return false;
        }

        _next = offset + 1;
        return true;
    }

    private bool Wait(IMessageSink sink, CancellationToken stop)
    {
        sink.Idle();
        StoreNowAndThen();
        return !stop.WaitHandle.WaitOne(s_busy);
    }

    private void StoreNowAndThen()
    {
        long now = _clock.GetTimestamp();
        if (_clock.GetElapsedTime(_lastStore, now) < s_store)
            return;
        _lastStore = now;
        StoreFinished();
    }
}
