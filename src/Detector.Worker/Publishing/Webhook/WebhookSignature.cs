using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Detector.Worker.Publishing.Webhook;

/// <summary>
/// Signs messages as the Standard Webhooks specification has it: HMAC-SHA-256 over <c>id.timestamp.body</c>, so that neither a forged message nor an
/// old one sent again is taken for ours.
/// </summary>
internal sealed class WebhookSignature(string secret)
{
    private const string Prefix = "whsec_";
    private readonly byte[] _key = Key(secret);

    /// <summary>Header names of the specification.</summary>
    public const string Id = "webhook-id", Timestamp = "webhook-timestamp", Signature = "webhook-signature";

    /// <summary>The three headers of a message that is sent now.</summary>
    public static IEnumerable<KeyValuePair<string, string>> Headers(WebhookSignature? signature, string id, DateTimeOffset now, byte[] body)
    {
        string timestamp = now.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        yield return new(Id, id);
        yield return new(Timestamp, timestamp);
        if (signature is not null)
            yield return new(Signature, signature.Sign(id, timestamp, body));
    }

    private string Sign(string id, string timestamp, byte[] body)
    {
        using var hash = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, _key);
        hash.AppendData(Encoding.UTF8.GetBytes($"{id}.{timestamp}."));
        hash.AppendData(body);
        return "v1," + Convert.ToBase64String(hash.GetHashAndReset());
    }

    /// <summary>A secret that begins with <c>whsec_</c> is in base 64, any other is taken as it is.</summary>
    private static byte[] Key(string secret)
    {
        byte[] key = new byte[secret.Length];
        return secret.StartsWith(Prefix, StringComparison.Ordinal) && Convert.TryFromBase64String(secret[Prefix.Length..], key, out int length)
            ? key[..length]
            : Encoding.UTF8.GetBytes(secret);
    }
}
