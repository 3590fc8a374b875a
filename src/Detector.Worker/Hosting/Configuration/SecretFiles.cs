namespace Detector.Worker.Hosting.Configuration;

/// <summary>
/// Secrets by file: under <c>Client</c>, <c>sasl.password.file</c> names a file that holds the value of <c>sasl.password</c>, and so for every other key;
/// under <c>Mqtt</c>, <c>Password.file</c>. No key of librdkafka ends in <c>.file</c>. The last line break of the file is not part of the value.
/// </summary>
internal static class SecretFiles
{
    public const string Suffix = ".file";

    private const long MaxBytes = 64 * 1024;

    /// <summary>Whether the value is the name of a file to read the real value from.</summary>
    public static bool Names(ConfigurationValue value)
    {
        string[] parts = value.Key.Split(':');
        return parts.Length == 5 && (parts[3].Equals("Client", StringComparison.OrdinalIgnoreCase) || parts[3].Equals("Mqtt", StringComparison.OrdinalIgnoreCase))
            && parts[4].Length > Suffix.Length && parts[4].EndsWith(Suffix, StringComparison.OrdinalIgnoreCase);
    }

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
