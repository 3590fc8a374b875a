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

    [LoggerMessage(103, LogLevel.Warning, "Training of {Key} in pipeline {Pipeline} failed, the warm-up goes on: {Reason}")]
    public static partial void TrainingFailed(this ILogger log, string pipeline, string key, string reason);
}
