namespace Detector.Worker.Cli.Quickstart;

/// <summary>What can go wrong in a simulated service.</summary>
internal enum LogFaultKind
{
    NewError,
    Retries,
    Silence,
    Unanswered,
}
