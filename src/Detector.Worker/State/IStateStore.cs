namespace Detector.Worker.State;

/// <summary>Where the state of partitions is kept. Thread-safe; each partition belongs to one lane and one writer.</summary>
internal interface IStateStore : IDisposable
{
    /// <summary>Finds the newest whole state of a partition.</summary>
    /// <param name="source">Name of the source.</param>
    /// <param name="partition">Name of the partition in it.</param>
    IPartitionState Open(string source, string partition);
}
