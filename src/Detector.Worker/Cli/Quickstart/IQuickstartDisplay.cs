namespace Detector.Worker.Cli.Quickstart;

/// <summary>Shows a running quickstart.</summary>
internal interface IQuickstartDisplay
{
    /// <summary>Shows the state until <paramref name="stop"/> is signalled.</summary>
    void Run(QuickstartSession session, CancellationToken stop);
}
