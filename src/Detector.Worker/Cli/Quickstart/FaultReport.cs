using Detector.Worker.Contracts;

namespace Detector.Worker.Cli.Quickstart;

/// <summary>How one injected fault, or one labelled stretch of a file, fared.</summary>
/// <param name="Title">What it was.</param>
/// <param name="Start">Its first sample.</param>
/// <param name="Alert">The first alert that fired while it lasted; null when it was missed.</param>
/// <param name="Explained">Whether the alert's largest contribution is of a sensor that shows the fault; null when unknown.</param>
internal sealed record FaultReport(string Title, DateTimeOffset Start, Alert? Alert, bool? Explained)
{
    /// <summary>Event time from the first sample of the fault to the alert.</summary>
    public TimeSpan? Delay => Alert?.UpdatedAt - Start;
}
