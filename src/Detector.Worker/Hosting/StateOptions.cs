namespace Detector.Worker.Hosting;

/// <summary>Where the daemon keeps what must survive a restart.</summary>
public sealed class StateOptions
{
    /// <summary>Directory of models, alerts, feedback and what waits for webhooks. Relative paths start at the working directory.</summary>
    public string Directory { get; set; } = "/var/lib/detector";

    /// <summary>Where in a state directory the model artifacts are.</summary>
    internal static string Models(string directory) => Path.Combine(directory, "models");

    /// <summary>Where in a state directory the alerts told lately are.</summary>
    internal static string Alerts(string directory) => Path.Combine(directory, "alerts.jsonl");

    /// <summary>Where in a state directory the feedback is.</summary>
    internal static string Feedback(string directory) => Path.Combine(directory, "feedback.jsonl");

    /// <summary>Where in a state directory the maintenance is that was entered while the service ran.</summary>
    internal static string Maintenance(string directory) => Path.Combine(directory, "maintenance.jsonl");

    /// <summary>Where in a state directory the queues of sinks are.</summary>
    internal static string Sinks(string directory) => Path.Combine(directory, "sinks");
}
