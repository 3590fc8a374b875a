namespace Detector.Worker.Telemetry.Logging;

/// <summary>What the service says about itself and about input that several rooms drop.</summary>
internal static partial class Log
{
    [LoggerMessage(LogLevel.Information, "detector {Version} starts: device {Device}, {Blas}, packages {Packages}, configuration {ConfigHash}.")]
    public static partial void Starting(ILogger logger, string version, string device, string blas, string packages, string configHash);

    [LoggerMessage(LogLevel.Information, "Metrics and health are served at {Url}.")]
    public static partial void Listening(ILogger logger, string url);

    [LoggerMessage(LogLevel.Information, "The service is ready.")]
    public static partial void Ready(ILogger logger);

    [LoggerMessage(LogLevel.Information, "Stopping: what is in flight gets up to {DrainTimeout} to finish.")]
    public static partial void Stopping(ILogger logger, TimeSpan drainTimeout);

    [LoggerMessage(LogLevel.Information, "Stopped.")]
    public static partial void Stopped(ILogger logger);

    [LoggerMessage(LogLevel.Warning, "Source {Source} dropped a message of {Topic} at {Partition}:{Offset}: {Reason}. {Suppressed} more since the last such line.")]
    public static partial void MessageDropped(ILogger logger, string source, string topic, int partition, long offset, string reason, long suppressed);

    [LoggerMessage(LogLevel.Warning, "Pipeline {Pipeline} dropped a sample: {Reason}. {Suppressed} more since the last such line.")]
    public static partial void SampleDropped(ILogger logger, string pipeline, string reason, long suppressed);

    [LoggerMessage(LogLevel.Critical, "{Stage} failed; the service stops.")]
    public static partial void StageFailed(ILogger logger, string stage, Exception exception);
}
