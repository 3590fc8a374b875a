using System.Globalization;

namespace Detector.Worker.Hosting.Systemd;

/// <summary>
/// Keeps systemd's watchdog quiet while scoring makes progress, twice in each of its intervals as sd_watchdog_enabled(3) advises. Once a step of
/// scoring takes longer than an interval it is told nothing more, and systemd restarts the service.
/// </summary>
internal sealed class Watchdog : IDisposable
{
    private readonly ITimer? _timer;

    /// <param name="interval">Zero when there is no watchdog.</param>
    /// <param name="scoringFor">How long the present step of scoring has taken; zero between two steps.</param>
    public Watchdog(NotifySocket socket, TimeSpan interval, Func<TimeSpan> scoringFor, TimeProvider clock)
    {
        if (interval <= TimeSpan.Zero || !socket.IsHeard)
            return;
        _timer = clock.CreateTimer(_ =>
        {
            if (scoringFor() < interval)
                socket.Alive();
        }, null, TimeSpan.Zero, interval / 2);
    }

    /// <summary>The interval that systemd has set for this process by <c>WATCHDOG_USEC</c>; zero for none.</summary>
    public static TimeSpan Interval(IReadOnlyDictionary<string, string> environment)
    {
        bool others = environment.TryGetValue("WATCHDOG_PID", out string? process) && process != Environment.ProcessId.ToString(CultureInfo.InvariantCulture);
        return !others && environment.TryGetValue("WATCHDOG_USEC", out string? text)
            && long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out long microseconds)
            ? TimeSpan.FromMicroseconds(Math.Min(microseconds, (long)TimeSpan.FromDays(1).TotalMicroseconds))
            : TimeSpan.Zero;
    }

    public void Dispose() => _timer?.Dispose();
}
