using Detector.Worker.Deciding.Maintenance;

namespace Detector.Worker.Tests.Deciding.Maintenance;

public sealed class MaintenanceScheduleTests : IDisposable
{
    private static readonly DateTimeOffset s_start = new(2026, 1, 5, 8, 0, 0, TimeSpan.Zero);
    private readonly TemporaryDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    [Fact]
    public void Covers_ConfiguredTimes_AreOfTheNamedSeriesOnly()
    {
        using var schedule = new MaintenanceSchedule(new Dictionary<string, MaintenanceOptions>
        {
            ["wash"] = new() { Pipelines = "pumps", Series = "pump-*", From = s_start, To = s_start.AddHours(1) },
        });
        Assert.Equal(
            [true, true, false, false, false, false],
            [
                Covers(schedule, "pumps", "pump-1", 0), Covers(schedule, "pumps", "pump-1", 3599), Covers(schedule, "pumps", "pump-1", 3600),
                Covers(schedule, "pumps", "pump-1", -1), Covers(schedule, "pumps", "valve-1", 0), Covers(schedule, "others", "pump-1", 0),
            ]);
    }

    [Fact]
    public void Watch_AskedAgainAndAgain_AnswersAsTheScheduleDoes()
    {
        using var schedule = new MaintenanceSchedule(new Dictionary<string, MaintenanceOptions>
        {
            ["a"] = new() { From = s_start, To = s_start.AddMinutes(10) },
            ["b"] = new() { From = s_start.AddMinutes(5), To = s_start.AddMinutes(20) },
            ["c"] = new() { From = s_start.AddMinutes(30), To = s_start.AddDays(3) },
        });
        var watch = new MaintenanceWatch(schedule, "p", "s");
        var random = new Random(1);
        for (int i = 0; i < 5000; i++)
        {
            double minute = random.Next(10) == 0 ? random.Next(-60, 6 * 24 * 60) : i / 80.0;
            bool expected = minute is (>= 0 and < 20) or (>= 30 and < 3 * 24 * 60);
            Assert.True(expected == watch.Covers(s_start.AddMinutes(minute).UtcTicks), $"at minute {minute}");
        }
    }

    [Fact]
    public void Enter_ThenRestart_IsStillInForceUntilRemoved()
    {
        string journal = Path.Combine(_directory.Path, "maintenance.jsonl");
        using (var schedule = new MaintenanceSchedule(journal: journal))
        {
            schedule.Enter(new MaintenanceWindow("w1", "*", "pump-1", s_start, s_start.AddHours(1), "new seal"), s_start);
            schedule.Enter(new MaintenanceWindow("w2", "*", "pump-2", s_start, s_start.AddHours(1), ""), s_start);
            Assert.True(schedule.Remove("w2"));
            Assert.False(schedule.Remove("w2"));
        }

        using var again = new MaintenanceSchedule(journal: journal);
        Assert.Equal("new seal", Assert.Single(again.Entered).Comment);
        Assert.Equal((true, false), (Covers(again, "p", "pump-1", 5), Covers(again, "p", "pump-2", 5)));
        var watch = new MaintenanceWatch(again, "p", "pump-1");
        Assert.True(watch.Covers(s_start.UtcTicks));
        again.Remove("w1");
        Assert.False(watch.Covers(s_start.UtcTicks));
    }

    [Fact]
    public void Refresh_CalendarChanged_FollowsItAndKeepsTheLastGoodOne()
    {
        string file = Calendar("20260105T080000Z");
        using var schedule = new MaintenanceSchedule(new Dictionary<string, MaintenanceOptions> { ["wash"] = new() { Calendar = file } });
        Assert.True(Covers(schedule, "p", "s", 60));
        Assert.Empty(schedule.Refresh());

        File.WriteAllText(file, "no calendar at all, and longer than before");
        Assert.Contains("Maintenance 'wash' names the calendar", Assert.Single(schedule.Refresh()), StringComparison.Ordinal);
        Assert.True(Covers(schedule, "p", "s", 60));

        Calendar("20260105T200000Z");
        File.SetLastWriteTimeUtc(file, new DateTime(2027, 1, 1, 0, 0, 0, DateTimeKind.Utc));
        Assert.Empty(schedule.Refresh());
        Assert.Equal((false, true), (Covers(schedule, "p", "s", 60), Covers(schedule, "p", "s", 12 * 3600)));
    }

    [Fact]
    public void Create_CalendarMissing_SaysWhich() => Assert.Contains(
        "/nowhere.ics",
        Assert.Throws<InvalidDataException>(() => new MaintenanceSchedule(new Dictionary<string, MaintenanceOptions> { ["wash"] = new() { Calendar = "/nowhere.ics" } })).Message,
        StringComparison.Ordinal);

    [Fact]
    public void Errors_MistakesOfEveryKind_AreNamed()
    {
        Assert.Empty(MaintenanceOptionsCheck.Errors("k", new() { Calendar = "a.ics", TimeZone = "Europe/Berlin" }));
        Assert.Contains("either From and To, or Calendar", Single(new()), StringComparison.Ordinal);
        Assert.Contains("either From and To, or Calendar", Single(new() { From = s_start, To = s_start.AddHours(1), Calendar = "a.ics" }), StringComparison.Ordinal);
        Assert.StartsWith("k:To is missing", Single(new() { From = s_start }), StringComparison.Ordinal);
        Assert.StartsWith("k:To is 2026-01-05T08:00:00", Single(new() { From = s_start, To = s_start }), StringComparison.Ordinal);
        Assert.StartsWith("k:TimeZone is \"Mars\"", Single(new() { Calendar = "a.ics", TimeZone = "Mars" }), StringComparison.Ordinal);

        static string Single(MaintenanceOptions options) => Assert.Single(MaintenanceOptionsCheck.Errors("k", options));
    }

    private static bool Covers(MaintenanceSchedule schedule, string pipeline, string series, int second) =>
        schedule.Covers(pipeline, series, s_start.AddSeconds(second).UtcTicks, out _, out _);

    private string Calendar(string start) => _directory.Write(
        "m.ics", $"BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nDTSTART:{start}\r\nDURATION:PT1H\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n");
}
