namespace Detector.Worker.Hosting.Configuration;

/// <summary>
/// Secrets by file: under <c>Client</c>, <c>sasl.password.file</c> names a file that holds the value of <c>sasl.password</c>, and so for every other key;
/// under <c>Mqtt</c>, <c>Password.file</c>; of the endpoint, <c>Http:Token.file</c>; of a sink, <c>Secret.file</c>. No key of librdkafka ends in <c>.file</c>. The last line break of the file is not part of the value.
/// </summary>
internal static class SecretFiles
{
    public const string Suffix = ".file";

    private const long MaxBytes = 64 * 1024;

    /// <summary>Whether the value is the name of a file to read the real value from.</summary>
    public static bool Names(ConfigurationValue value)
    {
        string[] parts = value.Key.Split(':');
        if (parts[^1].Length <= Suffix.Length || !parts[^1].EndsWith(Suffix, StringComparison.OrdinalIgnoreCase))
            return false;
        return parts.Length switch
        {
            5 => Is(parts[3], "Client") || Is(parts[3], "Mqtt"),
            4 => Is(parts[1], "Sinks") && Is(parts[3], "Secret.file"),
            3 => Is(parts[1], "Http") && Is(parts[2], "Token.file"),
            _ => false,
        };
    }

    private static bool Is(string part, string name) => part.Equals(name, StringComparison.OrdinalIgnoreCase);

    /// <summary>The value that the file holds, or null and an error.</summary>
    public static ConfigurationValue? Read(ConfigurationValue value, ICollection<string> errors)
    {
        try
        {
            var file = new FileInfo(value.Value);
            if (file.Exists && file.Length > MaxBytes)
            {
                errors.Add($"{value.Key} names {value.Value}, which is longer than {MaxBytes / 1024} KiB: name a file that holds one secret.");
                return null;
            }

            string text = File.ReadAllText(value.Value).TrimEnd('\r', '\n');
            return new ConfigurationValue(value.Key[..^Suffix.Length], text, $"file {value.Value}");
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or ArgumentException)
        {
            errors.Add($"{value.Key} names {value.Value}, which cannot be read ({exception.Message.TrimEnd('.')}): make it readable to the service, or set the value itself.");
            return null;
        }
    }
}
