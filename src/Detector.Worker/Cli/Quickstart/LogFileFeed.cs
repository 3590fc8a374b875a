using System.Text;
using Detector.Worker.Contracts;

namespace Detector.Worker.Cli.Quickstart;

/// <summary>The lines of a log file, replayed fast enough to be watched.</summary>
internal sealed class LogFileFeed : IFeed, IMessageSink
{
    private static readonly TimeSpan s_showTime = TimeSpan.FromSeconds(40);
    private readonly List<byte[]> _lines = [];
    private readonly TimeProvider _clock;
    private readonly byte[] _key;
    private int _sent;

    /// <exception cref="IOException">The file cannot be read.</exception>
    public LogFileFeed(string path, TimeProvider clock)
    {
        _clock = clock;
        _key = Encoding.UTF8.GetBytes(FileSeries.NameOf(path));
        CsvInput.Read(path, this);
    }

    public int Lines => _lines.Count;

    public string Description => $"{_lines.Count:N0} lines of {Encoding.UTF8.GetString(_key)}, {LinesPerSecond:N0} a second";

    public long Sent => Volatile.Read(ref _sent);

    public IReadOnlyList<KnownEvent> Events => [];

    private double LinesPerSecond => Math.Max(50, _lines.Count / s_showTime.TotalSeconds);

    public bool TryAccept(in RawMessage message)
    {
        _lines.Add(message.Payload.ToArray());
        return true;
    }

    public void Idle()
    {
    }

    public void Run(ISink topic, CancellationToken stop)
    {
        long started = _clock.GetTimestamp();
        for (int i = 0; i < _lines.Count && !stop.IsCancellationRequested; i++)
        {
            TimeSpan due = TimeSpan.FromSeconds(i / LinesPerSecond) - _clock.GetElapsedTime(started);
            if (due > TimeSpan.FromMilliseconds(1) && stop.WaitHandle.WaitOne(due))
                return;
            topic.Publish(new OutboundRecord("line", _key, _lines[i], [], Receipt.None), stop);
            Volatile.Write(ref _sent, i + 1);
        }
    }
}
