namespace Detector.Worker.State;

internal static partial class Log
{
    [LoggerMessage(600, LogLevel.Information, "Model {Version} of {Key} in pipeline {Pipeline} was fetched from bucket {Bucket}")]
    public static partial void ModelFetched(this ILogger log, string version, string key, string pipeline, string bucket);

    [LoggerMessage(601, LogLevel.Warning, "Model of {Key} in pipeline {Pipeline} could not be {What} bucket {Bucket}; what this machine has serves: {Reason}")]
    public static partial void ModelBucketFailed(this ILogger log, string key, string pipeline, string what, string bucket, string reason);
}
