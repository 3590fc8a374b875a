namespace Detector.Worker.Ingestion;

internal static partial class Log
{
    [LoggerMessage(200, LogLevel.Warning, "Source {Source}: {Reason} (fatal: {Fatal})")]
    public static partial void SourceError(this ILogger log, string source, string reason, bool fatal);

    [LoggerMessage(201, LogLevel.Debug, "Source {Source}: {Message}")]
    public static partial void SourceClient(this ILogger log, string source, string message);

    [LoggerMessage(202, LogLevel.Information, "Source {Source} was assigned {Count} partitions: {Partitions}")]
    public static partial void Assigned(this ILogger log, string source, int count, string partitions);

    [LoggerMessage(203, LogLevel.Information, "Source {Source} gave {Count} partitions back")]
    public static partial void Revoked(this ILogger log, string source, int count);

    [LoggerMessage(204, LogLevel.Warning, "Source {Source} lost {Count} partitions to another member of its group")]
    public static partial void Lost(this ILogger log, string source, int count);

    [LoggerMessage(205, LogLevel.Debug, "Source {Source} paused {Topic} [{Partition}]: too much of it is unfinished")]
    public static partial void SourcePaused(this ILogger log, string source, string topic, int partition);

    [LoggerMessage(206, LogLevel.Debug, "Source {Source} resumed {Topic} [{Partition}]")]
    public static partial void SourceResumed(this ILogger log, string source, string topic, int partition);

    [LoggerMessage(207, LogLevel.Warning, "Source {Source} gets {Topic} with QoS {Granted} at most, and asked for {Asked}: messages may be lost")]
    public static partial void GrantedLess(this ILogger log, string source, string topic, int granted, int asked);

    [LoggerMessage(208, LogLevel.Warning,
        "Source {Source}: messages {First} to {Last} of {Topic} [{Partition}] were removed by the broker's retention before they were read; keep them longer than the service may be away")]
    public static partial void Expired(this ILogger log, string source, long first, long last, string topic, int partition);
}
