namespace Detector.Worker.Contracts;

/// <summary>Receives the samples of a message one by one.</summary>
public interface ISampleSink
{
    /// <summary>Takes what it needs from the sample, which is reused after the call.</summary>
    void Accept(DecodedSample sample);
}
