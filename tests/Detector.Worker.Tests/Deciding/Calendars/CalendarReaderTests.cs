using System.Globalization;
using Detector.Worker.Deciding.Calendars;

namespace Detector.Worker.Tests.Deciding.Calendars;

public sealed class CalendarReaderTests
{
    [Theory]
    [InlineData("DTSTART:20260105T080000Z|DTEND:20260105T093000Z", "01-05 08:00+90")]
    [InlineData("DTSTART:20260105T080000Z|DURATION:PT1H30M", "01-05 08:00+90")]
    [InlineData("DTSTART;VALUE=DATE:20260105", "01-05 00:00+1440")]
    [InlineData("DTSTART;TZID=Europe/Berlin:20260105T080000|DURATION:PT1H", "01-05 07:00+60")]
    [InlineData("DTSTART;TZID=\"America/New_York\":20260105T080000|DURATION:PT1H", "01-05 13:00+60")]
    [InlineData("DTSTART:20260105T080000|DURATION:PT1H", "01-05 08:00+60")]
    [InlineData("DTSTART:20260105T080000Z|DURATION:PT1H|RRULE:FREQ=DAILY;COUNT=3", "01-05 08:00+60 01-06 08:00+60 01-07 08:00+60")]
    [InlineData("DTSTART:20260105T080000Z|DURATION:PT1H|RRULE:FREQ=DAILY;INTERVAL=10;UNTIL=20260125T080000Z", "01-05 08:00+60 01-15 08:00+60 01-25 08:00+60")]
    [InlineData("DTSTART:20260105T080000Z|DURATION:PT1H|RRULE:FREQ=DAILY;UNTIL=20260106", "01-05 08:00+60 01-06 08:00+60")]
    [InlineData("DTSTART:20260105T080000Z|DURATION:PT1H|RRULE:FREQ=WEEKLY;BYDAY=MO,TH;COUNT=4", "01-05 08:00+60 01-08 08:00+60 01-12 08:00+60 01-15 08:00+60")]
    [InlineData("DTSTART:20260106T080000Z|DURATION:PT1H|RRULE:FREQ=WEEKLY;INTERVAL=2;COUNT=4;BYDAY=TU,SU;WKST=MO", "01-06 08:00+60 01-11 08:00+60 01-20 08:00+60 01-25 08:00+60")]
    [InlineData("DTSTART:20260106T080000Z|DURATION:PT1H|RRULE:FREQ=WEEKLY;INTERVAL=2;COUNT=4;BYDAY=TU,SU;WKST=SU", "01-06 08:00+60 01-18 08:00+60 01-20 08:00+60 02-01 08:00+60")]
    [InlineData("DTSTART:20260105T080000Z|DURATION:PT1H|RRULE:FREQ=MONTHLY;BYDAY=1MO;COUNT=2", "01-05 08:00+60 02-02 08:00+60")]
    [InlineData("DTSTART:20260130T080000Z|DURATION:PT1H|RRULE:FREQ=MONTHLY;BYDAY=-1FR;COUNT=2", "01-30 08:00+60 02-27 08:00+60")]
    [InlineData("DTSTART:20260131T080000Z|DURATION:PT1H|RRULE:FREQ=MONTHLY;COUNT=2", "01-31 08:00+60 03-31 08:00+60")]
    [InlineData("DTSTART:20260131T080000Z|DURATION:PT1H|RRULE:FREQ=MONTHLY;BYMONTHDAY=-1;COUNT=2", "01-31 08:00+60 02-28 08:00+60")]
    [InlineData("DTSTART:20260105T080000Z|DURATION:PT1H|RRULE:FREQ=DAILY;COUNT=3|EXDATE:20260106T080000Z", "01-05 08:00+60 01-07 08:00+60")]
    [InlineData("DTSTART:20260105T080000Z|DURATION:PT1H|STATUS:CANCELLED", "")]
    [InlineData("DTSTART:20260105T080000Z|DURATION:PT1H|RRULE:FREQ=MONTHLY;BYMONTHDAY=30;BYMONTH=2", "01-05 08:00+60")]
    public void Read_Event_HasItsOccurrences(string lines, string expected) =>
        Assert.Equal(expected, Occurrences($"BEGIN:VEVENT|UID:a|{lines}|END:VEVENT", new(2026, 1, 1), new(2026, 4, 1)));

    [Fact]
    public void Read_RuleInAZone_KeepsTheWallClockOverTheChangeOfTime() => Assert.Equal(
        "03-28 01:00+60 03-29 01:00+60 03-30 00:00+60",
        Occurrences("BEGIN:VEVENT|DTSTART;TZID=Europe/Berlin:20260328T020000|DURATION:PT1H|RRULE:FREQ=DAILY;COUNT=3|END:VEVENT", new(2026, 1, 1), new(2026, 4, 1)));

    [Fact]
    public void Read_MovedOccurrence_StandsInThePlaceOfTheOther() => Assert.Equal(
        "01-05 08:00+60 01-06 12:00+30 01-07 08:00+60",
        Occurrences(
            "BEGIN:VEVENT|UID:a|DTSTART:20260105T080000Z|DURATION:PT1H|RRULE:FREQ=DAILY;COUNT=3|END:VEVENT|"
            + "BEGIN:VEVENT|UID:a|RECURRENCE-ID:20260106T080000Z|DTSTART:20260106T120000Z|DURATION:PT30M|END:VEVENT",
            new(2026, 1, 1), new(2026, 4, 1)));

    [Fact]
    public void Read_FoldedLinesAlarmsAndZones_AreReadThroughOrPassedOver() => Assert.Equal(
        "01-05 08:00+60",
        Occurrences(
            "BEGIN:VTIMEZONE|TZID:Europe/Berlin|BEGIN:STANDARD|DTSTART:19701025T030000|RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU|END:STANDARD|END:VTIMEZONE|"
            + "BEGIN:VEVENT|SUMMARY:a long title: that is | folded|DTSTART:2026|\t0105T080000Z|DURATION:PT1H|BEGIN:VALARM|TRIGGER:-PT15M|DURATION:PT9H|END:VALARM|END:VEVENT",
            new(2026, 1, 1), new(2026, 4, 1)));

    [Fact]
    public void Read_RuleWithoutEnd_AnswersForALaterYear() => Assert.Equal(
        "06-02 08:00+60",
        Occurrences("BEGIN:VEVENT|DTSTART:20200101T080000Z|DURATION:PT1H|RRULE:FREQ=WEEKLY;BYDAY=TU|END:VEVENT", new(2026, 6, 1), new(2026, 6, 8)));

    [Theory]
    [InlineData("DTSTART:20260105T080000Z|DURATION:PT1H|RRULE:FREQ=HOURLY", "HOURLY")]
    [InlineData("DTSTART:20260105T080000Z|DURATION:PT1H|RRULE:FREQ=DAILY;BYHOUR=8", "BYHOUR")]
    [InlineData("DTSTART:20260105T080000Z|DURATION:PT1H|RRULE:FREQ=DAILY;COUNT=0", "COUNT=0")]
    [InlineData("DTSTART:20260105T080000Z|DURATION:PT1H|RRULE:FREQ=WEEKLY;BYDAY=1MO", "BYDAY")]
    [InlineData("DTSTART:20260105T080000Z|DURATION:PT1H|RRULE:FREQ=DAILY;COUNT=2;UNTIL=20260106", "COUNT and UNTIL")]
    [InlineData("DTSTART:20260105T080000Z|DURATION:PT1H|RDATE:20260107T080000Z", "RDATE")]
    [InlineData("DTSTART;TZID=Middle/Earth:20260105T080000|DURATION:PT1H", "Middle/Earth")]
    [InlineData("DTSTART:tomorrow|DURATION:PT1H", "tomorrow")]
    [InlineData("DTSTART:20260105T080000Z|DURATION:PT", "'PT'")]
    [InlineData("DTSTART:20260105T080000Z", "lasts")]
    [InlineData("DTSTART:20260105T080000Z|DTEND:20260104T080000Z", "lasts")]
    [InlineData("DURATION:PT1H", "no DTSTART")]
    public void Read_WhatItCannotFollow_IsRefusedByName(string lines, string named)
    {
        var error = Assert.Throws<CalendarException>(() => Occurrences($"BEGIN:VEVENT|UID:a|{lines}|END:VEVENT", new(2026, 1, 1), new(2026, 4, 1)));
        Assert.Contains(named, error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("<html>not found</html>")]
    [InlineData("BEGIN:VCALENDAR\nBEGIN:VEVENT\nEND:VCALENDAR")]
    [InlineData("BEGIN:VCALENDAR\nBEGIN:VEVENT")]
    [InlineData("BEGIN:VEVENT\nEND:VEVENT")]
    public void Read_NoCalendar_IsRefused(string text) =>
        Assert.Throws<CalendarException>(() => CalendarReader.Read(new StringReader(text), TimeZoneInfo.Utc));

    private static string Occurrences(string lines, DateTime from, DateTime to)
    {
        string text = $"BEGIN:VCALENDAR|VERSION:2.0|{lines}|END:VCALENDAR".Replace("|", "\r\n", StringComparison.Ordinal);
        return string.Join(' ', CalendarReader.Read(new StringReader(text), TimeZoneInfo.Utc)
            .SelectMany(event_ => event_.Occurrences(from.Ticks, to.Ticks)).Order()
            .Select(time => string.Create(CultureInfo.InvariantCulture, $"{new DateTime(time.From):MM-dd HH:mm}+{(time.To - time.From) / TimeSpan.TicksPerMinute}")));
    }
}
