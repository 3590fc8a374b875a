namespace Detector.Worker.State;

/// <summary>The kept state of one partition.</summary>
internal interface IPartitionState : IDisposable
{
    /// <summary>Where to read on; null when nothing is kept.</summary>
    long? Position { get; }

    /// <summary>What belongs to the partition as a whole, of the latest <see cref="Append"/>.</summary>
    byte[] Common { get; }

    /// <summary>Names of the records as they are now. A copy.</summary>
    IReadOnlyList<string> Keys { get; }

    /// <summary>Whether there is such a record.</summary>
    bool Has(string key);

    /// <summary>A record; null when there is none.</summary>
    /// <exception cref="IOException">It cannot be read.</exception>
    byte[]? Read(string key);

    /// <summary>Adds what has changed. On return it survives a power cut.</summary>
    /// <returns>Bytes written.</returns>
    /// <exception cref="IOException">It cannot be written now; nothing has changed.</exception>
    /// <exception cref="StateLostException">Somebody else has written this partition's state meanwhile.</exception>
    long Append(StateDelta delta);

    /// <summary>
    /// Writes aside what has changed. On return it survives a power cut, but it is in force only after <see cref="PutInForce"/>, or when the partition is
    /// opened again and the position that is committed by then says that its transaction was. Replaces what was prepared before.
    /// </summary>
    /// <exception cref="IOException">It cannot be written now; nothing has changed.</exception>
    /// <exception cref="StateLostException">Somebody else has written this partition's state meanwhile.</exception>
    PreparedState Prepare(StateDelta delta);

    /// <summary>The transaction of what was prepared is committed.</summary>
    /// <returns>Bytes written.</returns>
    /// <exception cref="IOException">The disk refuses; to be tried again.</exception>
    /// <exception cref="StateLostException">Somebody else has written this partition's state meanwhile.</exception>
    long PutInForce();
}
