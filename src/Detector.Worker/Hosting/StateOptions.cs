namespace Detector.Worker.Hosting;

/// <summary>Where the daemon keeps what must survive a restart.</summary>
public sealed class StateOptions
{
    /// <summary>Directory of the model artifacts. Relative paths start at the working directory.</summary>
    public string Directory { get; set; } = "/var/lib/detector";

    /// <summary>Where in a state directory the model artifacts are.</summary>
    internal static string Models(string directory) => Path.Combine(directory, "models");
}
