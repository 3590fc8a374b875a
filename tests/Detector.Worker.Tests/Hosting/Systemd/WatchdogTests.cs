using System.Globalization;
using Detector.Tests.Support;
using Detector.Worker.Hosting.Systemd;

namespace Detector.Worker.Tests.Hosting.Systemd;

public sealed class WatchdogTests
{
    [Fact]
    public async Task Tick_ScoringThatStandsStill_IsToldOfNoMore()
    {
        using var inbox = new NotifyInbox($"@detector-test-{Guid.NewGuid():N}");
        using var socket = new NotifySocket(inbox.Name, TimeProvider.System);
        var clock = new FakeClock();
        TimeSpan scoringFor = TimeSpan.Zero;
        using var watchdog = new Watchdog(socket, TimeSpan.FromSeconds(10), () => scoringFor, clock);

        clock.Advance(TimeSpan.FromSeconds(10));
        scoringFor = TimeSpan.FromSeconds(10);
        clock.Advance(TimeSpan.FromSeconds(60));
        scoringFor = TimeSpan.FromSeconds(9);
        clock.Advance(TimeSpan.FromSeconds(5));
        socket.Ready("end");

        // At 0, 5 and 10 s, and once more when scoring goes on.
        IReadOnlyList<string[]> heard = await inbox.UntilAsync("READY=1");
        Assert.Equal(4, heard.Count(message => message is ["WATCHDOG=1"]));
        Assert.Equal(5, heard.Count);
    }

    [Theory]
    [InlineData("60000000", null, 60)]
    [InlineData("60000000", "self", 60)]
    [InlineData("60000000", "1", 0)]
    [InlineData("soon", null, 0)]
    [InlineData(null, null, 0)]
    public void Interval_Environment_IsReadForThisProcessOnly(string? microseconds, string? process, int seconds)
    {
        var environment = new Dictionary<string, string>();
        if (microseconds is not null)
            environment["WATCHDOG_USEC"] = microseconds;
        if (process is not null)
            environment["WATCHDOG_PID"] = process == "self" ? Environment.ProcessId.ToString(CultureInfo.InvariantCulture) : process;
        Assert.Equal(TimeSpan.FromSeconds(seconds), Watchdog.Interval(environment));
    }
}
