using Detector.Models.Logs;
using Detector.Worker.Contracts;

namespace Detector.Worker.Decoding.Logs;

/// <summary>A session that has not ended.</summary>
internal sealed class OpenSession(byte[] key, LogSeries series)
{
    /// <summary>Events that are kept; a longer session is judged by so many.</summary>
    private const int MaxEvents = 1024;

    private readonly List<ulong> _events = [];

    public byte[] Key { get; } = key;

    public LogSeries Series { get; } = series;

    public IReadOnlyList<ulong> Events => _events;

    public long LastTicks { get; private set; }

    public void Add(LogTemplate template, long ticks)
    {
        if (_events.Count < MaxEvents)
            _events.Add(template.Event);
        LastTicks = Math.Max(LastTicks, ticks);
    }

    public void Save(BinaryWriter writer)
    {
        writer.Write<byte>(Key);
        writer.Write<byte>(Series.Key);
        writer.Write(LastTicks);
        writer.Write<ulong>(System.Runtime.InteropServices.CollectionsMarshal.AsSpan(_events));
    }

    /// <param name="seriesOf">Finds a series by its key.</param>
    public static OpenSession Load(BinaryReader reader, Func<byte[], LogSeries> seriesOf)
    {
        var session = new OpenSession(reader.ReadArray<byte>(), seriesOf(reader.ReadArray<byte>())) { LastTicks = reader.ReadInt64() };
        session._events.AddRange(reader.ReadArray<ulong>());
        return session;
    }
}
