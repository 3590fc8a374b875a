namespace Detector.Worker.Hosting.Configuration;

/// <summary>The values given by environment variables: <c>Detector__Sources__plant__Path</c> is <c>Detector:Sources:plant:Path</c>.</summary>
internal static class EnvironmentValues
{
    private const string Prefix = DetectorOptions.Section + "__";

    public static IEnumerable<ConfigurationValue> Read(IReadOnlyDictionary<string, string> environment) =>
        from pair in environment
        where pair.Key.StartsWith(Prefix, StringComparison.OrdinalIgnoreCase) && pair.Key.Length > Prefix.Length
        orderby pair.Key
        select new ConfigurationValue(Key(pair.Key), pair.Value, $"environment variable {pair.Key}");

    private static string Key(string name)
    {
        string[] parts = name.Split("__");

        // Shells and systemd allow no dots in names; librdkafka's keys are lower case with dots: Client__sasl_password is sasl.password.
        if (parts.Length == 5 && parts[3].Equals("Client", StringComparison.OrdinalIgnoreCase))
            parts[4] = ClientKey(parts[4]);
        return string.Join(':', parts);
    }

#pragma warning disable CA1308 // librdkafka's keys are lower case and case-sensitive.
    private static string ClientKey(string name) => name.Replace('_', '.').ToLowerInvariant();
#pragma warning restore CA1308
}
