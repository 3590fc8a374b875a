using Detector.Worker.State;

namespace Detector.Worker.Hosting;

/// <summary>Where the daemon keeps what must survive a restart.</summary>
public sealed class StateOptions
{
    /// <summary>
    /// Directory of the model artifacts, of the state of what is being watched, and of alerts, feedback and what waits for webhooks. Relative paths start
    /// at the working directory.
    /// </summary>
    public string Directory { get; set; } = "/var/lib/detector";

    /// <summary>Directory of the model artifacts, where it is not <c>models</c> in <see cref="Directory"/>: workers that share partitions share their models.</summary>
    public string? ModelDirectory { get; set; }

    /// <summary>A bucket of an object store that keeps the models for all workers, beside the directory.</summary>
    public ModelBucketOptions ModelBucket { get; set; } = new();

    /// <summary>
    /// Time between two snapshots. What came since the latest is read again after a crash, with the same outcome; the default is as often as Kafka's
    /// clients commit. Zero keeps no state: then windows, episodes and thresholds begin anew after a restart.
    /// </summary>
    public TimeSpan SnapshotInterval { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>A topic that keeps the state, so that several machines can share the partitions of a source.</summary>
    public KafkaStateOptions Topic { get; set; } = new();

    /// <summary>Series of a partition that are kept on disk only, at most; beyond it those that were not seen the longest are forgotten.</summary>
    public int MaxSpilledSeries { get; set; } = 100_000;

    /// <summary>Where in a state directory the snapshots are.</summary>
    internal static string Snapshots(string directory) => Path.Combine(directory, "state");

    /// <summary>Where in a state directory the model artifacts are.</summary>
    internal static string Models(string directory) => Path.Combine(directory, "models");

    /// <summary>Where in a state directory a worker keeps alerts, feedback, maintenance and what waits for webhooks.</summary>
    /// <param name="worker">Number of the worker among those that share the directory, from 0.</param>
    internal static string Alerts(string directory, int worker) =>
        Path.Combine(directory, worker == 0 ? "alerts" : FormattableString.Invariant($"alerts-{worker}"));
}
