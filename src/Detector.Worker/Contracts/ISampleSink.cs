namespace Detector.Worker.Contracts;

/// <summary>Receives the samples of a message one by one.</summary>
public interface ISampleSink
{
    /// <summary>Takes what it needs from the sample, which is reused after the call.</summary>
    void Accept(DecodedSample sample);

    /// <summary>
    /// Told after a message of several samples of which at least one was accepted: so many of the others could not be used.
    /// A message of which none could be used is reported by what <see cref="IDecoder.Decode"/> returns, and here not at all.
    /// </summary>
    void Drop(DropReason reason, int samples)
    {
    }

    /// <summary>Told before a message's samples, by a format that numbers its messages: so many before this one never came.</summary>
    void Missed(int messages)
    {
    }
}
