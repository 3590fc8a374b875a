using System.Text;

namespace Detector.Tests.Support;

/// <summary>PLAIN (RFC 4616): a name and a password between zeros.</summary>
internal sealed class PlainServer(string user, string password) : SaslServer
{
    public override byte[] Answer(byte[] message)
    {
        if (Encoding.UTF8.GetString(message) != $"\0{user}\0{password}")
            throw new UnauthorizedAccessException();
        IsDone = true;
        return [];
    }
}
