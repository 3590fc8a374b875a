namespace Detector.Worker.Contracts;

/// <summary>Turns a message into samples. One instance per source thread, or per partition of it.</summary>
public interface IDecoder
{
    /// <summary>Hands every sample of the message to <paramref name="sink"/>.</summary>
    /// <returns><see cref="DropReason.None"/> if at least one sample was handed over, or the message legitimately holds none (a CSV header); else why not.</returns>
    DropReason Decode(in RawMessage message, ISampleSink sink);

    /// <summary>
    /// The decoder of one partition: this one, or one of its own where what is learned from messages belongs to the partition that they come from, so
    /// that it moves with the partition and does not depend on how partitions interleave.
    /// </summary>
    IDecoder OfPartition() => this;

    /// <summary>What later messages need, as records by name: those that have changed since a version; null as a record forgets one.</summary>
    /// <param name="version">What the last call for the partition set it to, 0 before the first; set to that of what is returned.</param>
    IReadOnlyList<KeyValuePair<string, byte[]?>> Save(ref long version) => [];

    /// <summary>Adds what was saved: the latest of each record.</summary>
    /// <returns>The version to save the partition's next changes from.</returns>
    /// <exception cref="InvalidDataException">It was written by another version.</exception>
    long Load(IReadOnlyDictionary<string, byte[]> records) => 0;

    /// <summary>Called now and then while no messages come and there is room: hands over what time alone completes.</summary>
    /// <param name="silent">For how long none has come, not counting the time in which none could be taken.</param>
    void Idle(ISampleSink sink, TimeSpan silent)
    {
    }

    /// <summary>The input is over: hands over what is still incomplete.</summary>
    void Finish(ISampleSink sink)
    {
    }
}
