namespace Detector.Worker.Contracts;

/// <summary>A configured sink.</summary>
public interface ISink : IDisposable
{
    /// <summary>Its name in the configuration.</summary>
    string Name { get; }

    /// <summary>
    /// Takes the record; blocks while the sink's buffer is full. The record's receipt is released when delivery is certain.
    /// A transient failure is retried with backoff for as long as it lasts; a permanent one is counted, logged, and releases the receipt.
    /// </summary>
    /// <param name="stop">Gives up waiting; the receipt is then kept, so that the message is read again after a restart.</param>
    void Publish(in OutboundRecord record, CancellationToken stop);

    /// <summary>Waits until everything published is delivered, or <paramref name="timeout"/> is over; returns how many records are not.</summary>
    int Flush(TimeSpan timeout);
}
