namespace Detector.Worker.Hosting.Configuration;

/// <summary>Knows which values must never be shown.</summary>
internal static class SecretKeys
{
    public const string Redacted = "***";

    private static readonly string[] s_words = ["password", "secret", "token", "passphrase", "apikey", "api.key", "credential", "private"];

    // ssl.key.pem and ssl_key carry the private key itself; ssl.key.location is only its path. sasl.jaas.config and oauthbearer.config carry credentials.
    private static readonly string[] s_names = ["ssl.key.pem", "ssl_key", "sasl.jaas.config", "sasl.oauthbearer.config", "sasl.oauthbearer.extensions"];

    private static readonly string[] s_harmless = ["sasl.oauthbearer.token.endpoint.url", "sasl.oauthbearer.client.credentials.mode"];

    /// <summary>Whether the value of the key is a secret; judged by the last part of the key.</summary>
    public static bool IsSecret(string key)
    {
        string name = key[(key.LastIndexOf(':') + 1)..];
        if (s_harmless.Contains(name, StringComparer.OrdinalIgnoreCase) || name.EndsWith(SecretFiles.Suffix, StringComparison.OrdinalIgnoreCase))
            return false;
        return s_names.Contains(name, StringComparer.OrdinalIgnoreCase)
            || s_words.Any(word => name.Contains(word, StringComparison.OrdinalIgnoreCase));
    }
}
