namespace Detector.Worker.Contracts;

/// <summary>A configured source. It lives on one thread of its own.</summary>
public interface ISource : IDisposable
{
    /// <summary>Its name in the configuration.</summary>
    string Name { get; }

    /// <summary>Messages between what was read and the end of the input, as far as it is known.</summary>
    long Lag { get; }

    /// <summary>True once it can deliver: partitions assigned, file opened.</summary>
    bool IsReady { get; }

    /// <summary>
    /// Hands messages over until <paramref name="stop"/> is signalled or the input ends. Blocks the calling thread.
    /// Returns with the connection still open, so that what is in flight can be finished and stored.
    /// </summary>
    void Run(IMessageSink sink, CancellationToken stop);

    /// <summary>Stores the position of the finished prefix. Called after the pipeline has drained.</summary>
    void StoreFinished();
}
