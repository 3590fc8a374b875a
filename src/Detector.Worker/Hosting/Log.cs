namespace Detector.Worker.Hosting;

internal static partial class Log
{
    [LoggerMessage(1, LogLevel.Information, "Detector {Version} ({Packages} packages) scores on {Device} with {Blas}, one thread for scoring and one for training")]
    public static partial void Starting(this ILogger log, string version, string packages, string device, string blas);

    [LoggerMessage(2, LogLevel.Information, "Metrics and health are served at {Url}")]
    public static partial void Serving(this ILogger log, string url);

    [LoggerMessage(3, LogLevel.Critical, "Stage {Stage} failed; the service stops")]
    public static partial void StageFailed(this ILogger log, Exception error, string stage);

    [LoggerMessage(4, LogLevel.Information, "Stopped; drained: {Drained}, undelivered records: {Undelivered}, {Seconds:F1} s")]
    public static partial void Stopped(this ILogger log, bool drained, int undelivered, double seconds);

    [LoggerMessage(5, LogLevel.Warning, "{Reason}")]
    public static partial void ArtifactRefused(this ILogger log, string reason);

    [LoggerMessage(7, LogLevel.Warning, "{Reason} What it said before stays in force.")]
    public static partial void CalendarRefused(this ILogger log, string reason);

    [LoggerMessage(8, LogLevel.Warning, "The alert book could not be written and is tried again: {Reason}")]
    public static partial void AlertsNotStored(this ILogger log, string reason);

    [LoggerMessage(9, LogLevel.Warning, "Feedback was of no use: {Reason}")]
    public static partial void FeedbackRefused(this ILogger log, string reason);

    [LoggerMessage(10, LogLevel.Warning, "{Reason}")]
    public static partial void StateRefused(this ILogger log, string reason);

    [LoggerMessage(6, LogLevel.Critical, "The service cannot start: {Reason}")]
    public static partial void CannotStart(this ILogger log, string reason);

    [LoggerMessage(12, LogLevel.Information, "The configuration was reloaded, hash {Hash}; changed: {Changes}")]
    public static partial void Reloaded(this ILogger log, string hash, string changes);

    [LoggerMessage(13, LogLevel.Error, "The configuration was not reloaded; the one with hash {Hash} stays in force")]
    public static partial void ReloadFailed(this ILogger log, string hash);

    [LoggerMessage(14, LogLevel.Error, "{Problem}")]
    public static partial void ReloadRefused(this ILogger log, string problem);

    [LoggerMessage(11, LogLevel.Warning, "What was learned of log lines cannot be saved in '{Path}' ({Reason}): after a restart it is learned anew")]
    public static partial void LogStateNotSaved(this ILogger log, string path, string reason);
}
