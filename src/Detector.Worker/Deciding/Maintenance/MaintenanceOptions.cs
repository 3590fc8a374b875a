namespace Detector.Worker.Deciding.Maintenance;

/// <summary>
/// Times in which a series is worked on: what it does then is neither told nor learned from. One entry of <c>Detector:Maintenance</c>; either
/// <see cref="From"/> and <see cref="To"/>, or <see cref="Calendar"/>.
/// </summary>
public sealed class MaintenanceOptions
{
    /// <summary>Pipelines it is about: a pattern with <c>*</c> and <c>?</c>.</summary>
    public string Pipelines { get; set; } = "*";

    /// <summary>Series it is about: a pattern with <c>*</c> and <c>?</c>.</summary>
    public string Series { get; set; } = "*";

    /// <summary>Event time of its beginning.</summary>
    public DateTimeOffset? From { get; set; }

    /// <summary>Event time of its end.</summary>
    public DateTimeOffset? To { get; set; }

    /// <summary>An iCalendar file (.ics), each event of which is such a time; read again when it changes.</summary>
    public string? Calendar { get; set; }

    /// <summary>Zone of the calendar's times that name none, such as <c>Europe/Berlin</c>.</summary>
    public string TimeZone { get; set; } = "UTC";
}
