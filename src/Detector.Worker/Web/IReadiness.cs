namespace Detector.Worker.Web;

/// <summary>Whether the service can do its work: sources deliver, sinks take, models are loaded. Read from any thread.</summary>
internal interface IReadiness
{
    bool IsReady { get; }

    /// <summary>What is missing, one phrase each, such as <c>source plant has no partitions yet</c>; empty when ready.</summary>
    IReadOnlyList<string> Missing { get; }
}
