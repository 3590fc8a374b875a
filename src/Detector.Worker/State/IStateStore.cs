namespace Detector.Worker.State;

/// <summary>Where the state of partitions is kept. Thread-safe; each partition belongs to one lane and one writer.</summary>
internal interface IStateStore : IDisposable
{
    /// <summary>Finds the newest whole state of a partition.</summary>
    /// <param name="source">Name of the source.</param>
    /// <param name="partition">Name of the partition in it.</param>
    /// <param name="committed">
    /// What the consumer group has committed of it, with no transaction under way: state that was prepared is in force if that was committed with it.
    /// Null for nothing, or where no transactions are used.
    /// </param>
    IPartitionState Open(string source, string partition, long? committed = null);
}
