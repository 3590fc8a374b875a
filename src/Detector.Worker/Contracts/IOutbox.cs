namespace Detector.Worker.Contracts;

/// <summary>Takes outputs that are to be published together with the positions of what led to them, or not at all. A receipt's checkpoint may be one.</summary>
public interface IOutbox
{
    /// <summary>Takes a record in place of its sink. Any thread.</summary>
    /// <returns>False when the sink is to publish it itself.</returns>
    bool TryAdd(in TransactionalOutput output);
}
