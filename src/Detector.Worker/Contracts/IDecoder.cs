namespace Detector.Worker.Contracts;

/// <summary>Turns a message into samples. Stateless but for its reused buffers; one instance per source thread.</summary>
public interface IDecoder
{
    /// <summary>Hands every sample of the message to <paramref name="sink"/>.</summary>
    /// <returns><see cref="DropReason.None"/> if at least one sample was handed over, or the message legitimately holds none (a CSV header); else why not.</returns>
    DropReason Decode(in RawMessage message, ISampleSink sink);

    /// <summary>Grows whenever what the decoder has learned from messages, and needs for later ones, changes; 0 for a format that needs nothing.</summary>
    int StateVersion => 0;

    /// <summary>Writes what later messages need.</summary>
    void Save(BinaryWriter writer)
    {
    }

    /// <summary>Adds what was written.</summary>
    /// <exception cref="InvalidDataException">It was written by another version.</exception>
    void Load(BinaryReader reader)
    {
    }

    /// <summary>Called now and then while no messages come and there is room: hands over what time alone completes.</summary>
    void Idle(ISampleSink sink)
    {
    }

    /// <summary>Lets go of the messages it holds back, since the source can read no further until some are finished.</summary>
    void Exhausted()
    {
    }

    /// <summary>The input is over: hands over what is still incomplete.</summary>
    void Finish(ISampleSink sink)
    {
    }
}
