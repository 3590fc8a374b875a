using Detector.Worker.Deciding.Calendars;

namespace Detector.Worker.Deciding.Maintenance;

/// <summary>What can be wrong with <see cref="MaintenanceOptions"/>.</summary>
internal static class MaintenanceOptionsCheck
{
    /// <param name="key">Key of the entry, which starts every message.</param>
    /// <param name="options">What is checked.</param>
    public static IEnumerable<string> Errors(string key, MaintenanceOptions options)
    {
        bool times = options.From is not null || options.To is not null;
        if (times == (options.Calendar is not null))
            yield return $"{key} needs either From and To, or Calendar: write one of them.";
        if (times && (options.From is null || options.To is null))
            yield return $"{key}:{(options.From is null ? "From" : "To")} is missing: write a time such as 2026-01-01T08:00:00Z.";
        if (options.From >= options.To)
            yield return FormattableString.Invariant($"{key}:To is {options.To:O}, not after From, {options.From:O}: write a later time.");
        if (options.Pipelines.Length == 0 || options.Series.Length == 0)
            yield return $"{key}:{(options.Series.Length == 0 ? "Series" : "Pipelines")} is empty, so that nothing matches: write * for all.";
        if (CalendarTime.Zone(options.TimeZone) is null)
            yield return $"{key}:TimeZone is \"{options.TimeZone}\", which this machine does not know: write a zone such as UTC or Europe/Berlin.";
    }
}
