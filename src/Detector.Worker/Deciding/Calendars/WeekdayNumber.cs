namespace Detector.Worker.Deciding.Calendars;

/// <summary>A day of the week; in a month, which one of them.</summary>
/// <param name="Ordinal">1 = the first, -1 = the last, 0 = every one.</param>
internal readonly record struct WeekdayNumber(DayOfWeek Day, int Ordinal);
