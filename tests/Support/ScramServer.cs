using System.Security.Cryptography;
using System.Text;

namespace Detector.Tests.Support;

/// <summary>SCRAM (RFC 5802) with SHA-256 or SHA-512: neither side shows the password, and both prove that they know it.</summary>
internal sealed class ScramServer(HashAlgorithmName hash, string user, string password) : SaslServer
{
    private const int Rounds = 4096;
    private readonly byte[] _salt = RandomNumberGenerator.GetBytes(16);
    private string _first = "";

    public override byte[] Answer(byte[] message)
    {
        string text = Encoding.UTF8.GetString(message);
        return Encoding.UTF8.GetBytes(_first.Length == 0 ? Challenge(text) : Verify(text));
    }

    private string Challenge(string text)
    {
        string bare = text["n,,".Length..]; // no channel binding, no other identity
        if (Field(bare, 'n') != user)
            throw new UnauthorizedAccessException();
        string challenge = FormattableString.Invariant($"r={Field(bare, 'r')}{Guid.NewGuid():N},s={Convert.ToBase64String(_salt)},i={Rounds}");
        _first = $"{bare},{challenge}";
        return challenge;
    }

    private string Verify(string text)
    {
        byte[] secret = Rfc2898DeriveBytes.Pbkdf2(password, _salt, Rounds, hash, Hash([]).Length);
        byte[] clientKey = Mac(secret, "Client Key");
        string said = $"{_first},{text[..text.LastIndexOf(",p=", StringComparison.Ordinal)]}";
        byte[] proof = [.. Mac(Hash(clientKey), said).Zip(clientKey, (signature, key) => (byte)(signature ^ key))];
        if (!proof.AsSpan().SequenceEqual(Convert.FromBase64String(Field(text, 'p'))))
            throw new UnauthorizedAccessException();
        IsDone = true;
        return $"v={Convert.ToBase64String(Mac(Mac(secret, "Server Key"), said))}";
    }

    private static string Field(string text, char name) => text.Split(',').First(field => field.StartsWith($"{name}=", StringComparison.Ordinal))[2..];

    private byte[] Hash(byte[] bytes) => CryptographicOperations.HashData(hash, bytes);

    private byte[] Mac(byte[] key, string text) => CryptographicOperations.HmacData(hash, key, Encoding.UTF8.GetBytes(text));
}
