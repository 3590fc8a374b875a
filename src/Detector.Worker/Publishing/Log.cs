namespace Detector.Worker.Publishing;

internal static partial class Log
{
    [LoggerMessage(400, LogLevel.Warning, "Sink {Sink}: {Reason} (fatal: {Fatal})")]
    public static partial void SinkError(this ILogger log, string sink, string reason, bool fatal);

    [LoggerMessage(401, LogLevel.Debug, "Sink {Sink}: {Message}")]
    public static partial void SinkClient(this ILogger log, string sink, string message);

    [LoggerMessage(402, LogLevel.Error, "Sink {Sink} gives up a record for topic {Topic} that the broker will never take: {Reason}")]
    public static partial void SinkRejected(this ILogger log, string sink, string topic, string reason);

    [LoggerMessage(403, LogLevel.Warning, "Sink {Sink} could not deliver to {Target} and tries again in {Seconds:F1} s: {Reason}")]
    public static partial void SinkRetries(this ILogger log, string sink, string target, string reason, double seconds);

    [LoggerMessage(404, LogLevel.Debug, "Sink {Sink} publishes a record again: {Reason}")]
    public static partial void SinkHeld(this ILogger log, string sink, string reason);
}
