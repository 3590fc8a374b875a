namespace Detector.Worker.Pipeline;

internal static partial class Log
{
    [LoggerMessage(100, LogLevel.Warning,
        "Message of source {Source} dropped: {Reason} (topic {Topic}, partition {Partition}, offset {Offset}; {Suppressed} like it not logged)")]
    public static partial void MessageDropped(
        this ILogger log, string source, string reason, string topic, int partition, long offset, long suppressed);

    [LoggerMessage(101, LogLevel.Information, "Training the model of {Key} in pipeline {Pipeline} on {Samples} samples of {Features} features")]
    public static partial void TrainingStarted(this ILogger log, string pipeline, string key, int samples, int features);

    [LoggerMessage(102, LogLevel.Information,
        "Model {Version} of {Key} in pipeline {Pipeline} is in service after {Seconds:F1} s of training; threshold {Threshold:F3} ({Basis})")]
    public static partial void Trained(
        this ILogger log, string pipeline, string key, string version, double seconds, double threshold, string basis);

    [LoggerMessage(104, LogLevel.Error, "State of {Partition} cannot be written, and is tried again every second; no position is given back meanwhile: {Reason}")]
    public static partial void StateNotWritten(this ILogger log, string partition, string reason);

    [LoggerMessage(105, LogLevel.Information, "State of {Partition} can be written again")]
    public static partial void StateWrittenAgain(this ILogger log, string partition);

    [LoggerMessage(106, LogLevel.Warning, "{Reason} {Partition} is processed there from now on.")]
    public static partial void StateLost(this ILogger log, string partition, string reason);

    [LoggerMessage(107, LogLevel.Information, "Partition {Partition} of source {Source} goes on at {Position} with {Series} series from its saved state")]
    public static partial void Resumed(this ILogger log, string source, string partition, long position, int series);

    [LoggerMessage(108, LogLevel.Warning, "Series {Series} begins anew: its saved state cannot be used ({Reason})")]
    public static partial void SeriesRefused(this ILogger log, string series, string reason);

    [LoggerMessage(109, LogLevel.Warning, "Partition {Partition} of source {Source} was committed up to {Committed}, but there is no state of it: its series begin anew there")]
    public static partial void NoState(this ILogger log, string source, string partition, long committed);

    [LoggerMessage(110, LogLevel.Warning, "A transaction failed, and is tried again every second; nothing of it is visible meanwhile: {Reason}")]
    public static partial void TransactionFailed(this ILogger log, string reason);

    [LoggerMessage(111, LogLevel.Information, "Transactions are committed again")]
    public static partial void TransactionsGoOn(this ILogger log);

    [LoggerMessage(112, LogLevel.Warning, "What was learned of the messages of partition {Partition} of source {Source} begins anew: its saved state cannot be used ({Reason})")]
    public static partial void DecoderRefused(this ILogger log, string source, string partition, string reason);

    [LoggerMessage(113, LogLevel.Information, "Challenger {Version} of {Key} in pipeline {Pipeline} is {Outcome} ({Trigger}): {Reason}")]
    public static partial void ChallengerDecided(this ILogger log, string pipeline, string key, string? version, string outcome, string trigger, string reason);

    [LoggerMessage(114, LogLevel.Warning, "The model of {Key} in pipeline {Pipeline} could not be learned anew ({Trigger}), and serves on: {Reason}")]
    public static partial void ChallengerFailed(this ILogger log, string pipeline, string key, string trigger, string reason);

    [LoggerMessage(103, LogLevel.Warning, "Training of {Key} in pipeline {Pipeline} failed, the warm-up goes on: {Reason}")]
    public static partial void TrainingFailed(this ILogger log, string pipeline, string key, string reason);
}
