namespace Detector.Worker.Telemetry.Logging;

/// <summary>One log record.</summary>
/// <param name="Category">Full name of the type that logs.</param>
/// <param name="Event">Name of the event, the method in <c>Log.cs</c>.</param>
/// <param name="Fields">The values in the message by name.</param>
internal readonly record struct LogRecord(
    DateTimeOffset Time,
    LogLevel Level,
    string Category,
    string? Event,
    string Message,
    IReadOnlyList<KeyValuePair<string, object?>> Fields,
    Exception? Exception);
