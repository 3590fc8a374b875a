namespace Detector.Models.Scaling;

/// <summary>Whose days and weeks the data may follow.</summary>
/// <param name="TimeZone">IANA name, as in <c>Europe/Berlin</c>; its daylight saving time counts.</param>
/// <param name="Holidays">Days on which it goes as on a Sunday.</param>
public sealed record CalendarSettings(string TimeZone, IReadOnlyList<DateOnly> Holidays);
