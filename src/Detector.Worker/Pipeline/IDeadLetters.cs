using Detector.Worker.Contracts;

namespace Detector.Worker.Pipeline;

/// <summary>Where messages go that cannot be used.</summary>
internal interface IDeadLetters
{
    /// <summary>Counts and logs the drop, and publishes the message if the source has a dead-letter sink; the claim is the publisher's to release.</summary>
    void Accept(in RawMessage message, DropReason reason);
}
