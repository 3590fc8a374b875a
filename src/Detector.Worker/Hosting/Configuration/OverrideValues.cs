namespace Detector.Worker.Hosting.Configuration;

/// <summary>The values given on the command line: <c>--set Section:Key=value</c>; the leading <c>Detector:</c> may be left out.</summary>
internal static class OverrideValues
{
    private const string Prefix = DetectorOptions.Section + ":";

    public static IEnumerable<ConfigurationValue> Read(IEnumerable<string> overrides, ICollection<string> errors)
    {
        foreach (string text in overrides)
        {
            int equals = text.IndexOf('=', StringComparison.Ordinal);
            if (equals <= 0)
            {
                errors.Add($"--set {text} has no value: write it as --set Section:Key=value.");
                continue;
            }

            string key = text[..equals].Trim();
            if (!key.StartsWith(Prefix, StringComparison.OrdinalIgnoreCase))
                key = Prefix + key;
            yield return new ConfigurationValue(key, text[(equals + 1)..], "--set");
        }
    }
}
