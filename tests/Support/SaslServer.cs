namespace Detector.Tests.Support;

/// <summary>A server's side of one SASL exchange. It ends with <see cref="UnauthorizedAccessException"/> where the client is not who it says.</summary>
internal abstract class SaslServer
{
    public bool IsDone { get; protected set; }

    /// <summary>Answers a client's message.</summary>
    public abstract byte[] Answer(byte[] message);
}
