namespace Detector.Worker.Cli.Quickstart;

/// <summary>Something that goes wrong in one simulated service.</summary>
internal sealed record LogFault(LogFaultKind Kind, string Service, DateTimeOffset Start, DateTimeOffset End)
{
    public string Description => Kind switch
    {
        LogFaultKind.NewError => "an error that never came before",
        LogFaultKind.Retries => "a storm of retries",
        LogFaultKind.Silence => "no heartbeat",
        _ => "requests that are never answered",
    };

    /// <summary>Features that show it; the counts of templates are named by ids, so any of those may stand on top as well.</summary>
    public IReadOnlyList<string> Features => Kind switch
    {
        LogFaultKind.NewError => ["new_templates", "rare_lines", "error_lines", "other_lines"],
        LogFaultKind.Silence => ["missing_heartbeats"],
        _ => [],
    };
}
