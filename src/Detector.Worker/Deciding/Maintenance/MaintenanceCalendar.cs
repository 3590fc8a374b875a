using Detector.Worker.Deciding.Calendars;

namespace Detector.Worker.Deciding.Maintenance;

/// <summary>The calendar file of a configured maintenance; read again when it has changed.</summary>
internal sealed class MaintenanceCalendar(string name, MaintenanceOptions options)
{
    private const long MaxBytes = 4 * 1024 * 1024;
    private readonly TimeZoneInfo _zone = CalendarTime.Zone(options.TimeZone) ?? TimeZoneInfo.Utc;
    private (DateTime Written, long Length) _seen;

    public MaintenanceSpan? Span { get; private set; }

    /// <summary>Reads the file if it is new.</summary>
    /// <returns>Whether there are other events than before.</returns>
    /// <exception cref="InvalidDataException">It cannot be read or followed; what was read before stays in force.</exception>
    public bool Refresh()
    {
        try
        {
            var file = new FileInfo(options.Calendar!);
            (DateTime, long) now = (file.LastWriteTimeUtc, file.Exists ? file.Length : -1);
            if (now == _seen)
                return false;
            _seen = now;
            if (file.Exists && file.Length > MaxBytes)
                throw new CalendarException($"it is longer than {MaxBytes / 1024 / 1024} MiB");
            using StreamReader text = file.OpenText();
            IReadOnlyList<CalendarEvent> events = CalendarReader.Read(text, _zone);
            Span = new MaintenanceSpan(options.Pipelines, options.Series, (from, to) => events.SelectMany(event_ => event_.Occurrences(from, to)));
            return true;
        }
        catch (Exception error) when (error is CalendarException or IOException or UnauthorizedAccessException)
        {
            throw new InvalidDataException($"Maintenance '{name}' names the calendar {options.Calendar}, which cannot be used: {error.Message}.", error);
        }
    }
}
