using Detector.Worker.Ingestion;
using Detector.Worker.Mqtt;

namespace Detector.Worker.Hosting;

/// <summary>Whether what the configuration names can be reached from here: brokers, files, directories. Starts nothing and leaves nothing behind.</summary>
internal static class EnvironmentCheck
{
    private const string Kafka = "kafka", File = "file";

    private static readonly TimeSpan s_timeout = TimeSpan.FromSeconds(10);

    /// <summary>Every problem, a sentence each; brokers are asked at the same time.</summary>
    public static async Task<IReadOnlyList<string>> ProblemsAsync(DetectorOptions options)
    {
        var checks = new List<Task<string?>>();
        foreach ((string name, SourceOptions source) in options.Sources)
        {
            string key = $"{DetectorOptions.Section}:Sources:{name}";
            if (source.Type == Kafka)
                checks.Add(Task.Run(() => KafkaReachability.Problem(key, source.Client, source.Topics, s_timeout)));
            else if (source is { Type: MqttProtocol.Type, Server: { } server })
                checks.Add(MqttReachability.ProblemAsync(key, server, source.Mqtt, s_timeout));
            else if (source is { Type: File, Follow: false, Path: { } path })
                checks.Add(Task.FromResult(Unreadable($"{key}:Path", path)));
        }

        foreach ((string name, Publishing.SinkOptions sink) in options.Sinks)
        {
            string key = $"{DetectorOptions.Section}:Sinks:{name}";
            if (sink.Type == Kafka)
                checks.Add(Task.Run(() => KafkaReachability.Problem(key, sink.Client, [], s_timeout)));
            else if (sink is { Type: MqttProtocol.Type, Server: { } server })
                checks.Add(MqttReachability.ProblemAsync(key, server, sink.Mqtt, s_timeout));
            else if (sink is { Type: File, Path: { } path })
                checks.Add(Task.FromResult(Unwritable($"{key}:Path", Path.GetDirectoryName(Path.GetFullPath(path))!)));
        }

        checks.Add(Task.FromResult(Unwritable($"{DetectorOptions.Section}:State:Directory", Path.GetFullPath(options.State.Directory))));
        return [.. (await Task.WhenAll(checks).ConfigureAwait(false)).OfType<string>()];
    }

    private static string? Unreadable(string key, string path)
    {
        try
        {
            using FileStream stream = System.IO.File.OpenRead(path);
            return null;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return $"{key} is \"{path}\", which cannot be read ({exception.Message.TrimEnd('.')}): correct the path or its permissions.";
        }
    }

    /// <summary>A directory that does not exist yet is created by the service: its nearest parent must take files.</summary>
    private static string? Unwritable(string key, string directory)
    {
        string existing = directory;
        if (System.IO.File.Exists(directory))
            return $"{key} needs the directory {directory}, which is a file: remove it, or name a directory.";
        while (!Directory.Exists(existing))
            existing = Path.GetDirectoryName(existing) ?? "/";
        try
        {
            string probe = Path.Combine(existing, $".detector-{Guid.NewGuid():N}");
            using var stream = new FileStream(probe, FileMode.CreateNew, FileAccess.Write, FileShare.None, 1, FileOptions.DeleteOnClose);
            return null;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return $"{key} needs the directory {directory}, which cannot be written ({exception.Message.TrimEnd('.')}): let this user write there, or name another directory.";
        }
    }
}
