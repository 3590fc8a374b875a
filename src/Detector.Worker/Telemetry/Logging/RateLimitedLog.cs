using System.Collections.Concurrent;

namespace Detector.Worker.Telemetry.Logging;

/// <summary>
/// Lets one log line per reason and interval through and counts the rest, so that a stream of bad input cannot fill a disk. Thread-safe.
/// <code>if (limit.Allows(reason, out long suppressed)) Log.MessagesDropped(logger, source, reason, suppressed);</code>
/// </summary>
/// <param name="interval">Least time between two lines of one reason.</param>
/// <param name="time">Clock.</param>
internal sealed class RateLimitedLog(TimeSpan interval, TimeProvider time)
{
    private readonly ConcurrentDictionary<string, Line> _lines = new(StringComparer.Ordinal);

    /// <summary>Whether the line may be written now.</summary>
    /// <param name="reason">From a bounded set.</param>
    /// <param name="suppressed">Lines of this reason held back since the last one written.</param>
    public bool Allows(string reason, out long suppressed)
    {
        Line line = _lines.GetOrAdd(reason, static _ => new Line());
        lock (line)
        {
            long now = time.GetTimestamp();
            if (line.LastWritten is { } last && time.GetElapsedTime(last, now) < interval)
            {
                line.Suppressed++;
                suppressed = 0;
                return false;
            }

            suppressed = line.Suppressed;
            line.Suppressed = 0;
            line.LastWritten = now;
            return true;
        }
    }

    private sealed class Line
    {
        public long? LastWritten { get; set; }

        public long Suppressed { get; set; }
    }
}
