using System.Globalization;
using Detector.Models.Scaling;

namespace Detector.Worker.Scoring;

/// <summary>Whether values follow the hours of a day or of a week, and whose. It is found from the data: two days of them are needed, or two weeks.</summary>
public sealed class CalendarOptions
{
    /// <summary><c>auto</c>: where a profile of the hours explains a fifth of the variance of what it was not made of; <c>none</c>.</summary>
    public string Season { get; set; } = "none";

    /// <summary>IANA name of the time zone whose hours count, with its daylight saving time.</summary>
    public string TimeZone { get; set; } = "UTC";

    /// <summary>Days, as in <c>2026-12-25</c>, on which it goes as on a Sunday. May be changed without training anew.</summary>
    public IList<string> Holidays { get; set; } = [];

    /// <summary>What the models take; null for none.</summary>
    internal CalendarSettings? Settings => Season == "none"
        ? null
        : new CalendarSettings(TimeZone, [.. Holidays.Select(day => TryParse(day, out DateOnly date) ? date : throw new ArgumentException($"'{day}' is not a day."))]);

    internal static bool TryParse(string day, out DateOnly date) =>
        DateOnly.TryParseExact(day, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out date);
}
