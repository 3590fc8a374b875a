using Detector.Models.Logs;

namespace Detector.Worker.Decoding.Logs;

/// <summary>A line, or several that belong together, on its way into the counts of a series.</summary>
internal readonly ref struct LogRecord
{
    /// <summary>Event time, UTC ticks.</summary>
    public required long Ticks { get; init; }

    public required LogSeverity Level { get; init; }

    public required LogTemplate Template { get; init; }

    /// <summary>Whether its template has not been seen since learning ended.</summary>
    public required bool IsNew { get; init; }

    /// <summary>Whether its template is rare among all lines so far.</summary>
    public required bool IsRare { get; init; }
}
