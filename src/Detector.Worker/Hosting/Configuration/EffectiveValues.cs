using System.Collections;
using System.Globalization;
using System.Reflection;
using System.Security.Cryptography;
using System.Text;

namespace Detector.Worker.Hosting.Configuration;

/// <summary>The options as a flat list of keys and texts.</summary>
internal static class EffectiveValues
{
    /// <summary>Every value of the options, ordered by key.</summary>
    public static IReadOnlyList<KeyValuePair<string, string>> Of(DetectorOptions options)
    {
        var values = new List<KeyValuePair<string, string>>();
        Add(DetectorOptions.Section, options, values);
        values.Sort((left, right) => string.CompareOrdinal(left.Key, right.Key));
        return values;
    }

    /// <summary>First 12 hex digits of the SHA-256 over the values that are no secrets.</summary>
    public static string Hash(IEnumerable<KeyValuePair<string, string>> values)
    {
        var text = new StringBuilder();
        foreach ((string key, string value) in values.Where(pair => !SecretKeys.IsSecret(pair.Key)))
            text.Append(CultureInfo.InvariantCulture, $"{key.Length}:{key}={value.Length}:{value}\n");
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text.ToString())))[..12];
    }

    private static void Add(string key, object? value, List<KeyValuePair<string, string>> values)
    {
        switch (value)
        {
            case null:
                break;
            case var scalar when ValueText.IsScalar(scalar.GetType()):
                values.Add(new(key, ValueText.Format(scalar)));
                break;
            case IDictionary map:
                foreach (DictionaryEntry entry in map)
                    Add($"{key}:{entry.Key}", entry.Value, values);
                break;
            case IEnumerable list:
                int index = 0;
                foreach (object item in list)
                    Add(string.Create(CultureInfo.InvariantCulture, $"{key}:{index++}"), item, values);
                break;
            default:
                foreach (PropertyInfo property in value.GetType().GetProperties())
                    Add($"{key}:{property.Name}", property.GetValue(value), values);
                break;
        }
    }
}
