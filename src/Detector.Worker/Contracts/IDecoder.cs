namespace Detector.Worker.Contracts;

/// <summary>Turns a message into samples. Stateless but for its reused buffers; one instance per source thread.</summary>
public interface IDecoder
{
    /// <summary>Hands every sample of the message to <paramref name="sink"/>.</summary>
    /// <returns><see cref="DropReason.None"/> if at least one sample was handed over, or the message legitimately holds none (a CSV header); else why not.</returns>
    DropReason Decode(in RawMessage message, ISampleSink sink);

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
