namespace Detector.Worker.Hosting;

/// <summary>Where the daemon keeps what must survive a restart.</summary>
public sealed class StateOptions
{
    /// <summary>Directory of models, alerts, feedback and what waits for webhooks. Relative paths start at the working directory.</summary>
    public string Directory { get; set; } = "/var/lib/detector";

    /// <summary>Where in a state directory the model artifacts are.</summary>
    internal static string Models(string directory) => Path.Combine(directory, "models");

    /// <summary>Where in a state directory a worker keeps alerts, feedback, maintenance and what waits for webhooks.</summary>
    /// <param name="worker">Number of the worker among those that share the directory, from 0.</param>
    internal static string Alerts(string directory, int worker) =>
        Path.Combine(directory, worker == 0 ? "alerts" : FormattableString.Invariant($"alerts-{worker}"));
}
