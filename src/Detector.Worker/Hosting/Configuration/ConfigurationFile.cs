using System.Text.Json;
using YamlDotNet.Core;

namespace Detector.Worker.Hosting.Configuration;

/// <summary>Reads one configuration file: JSON with comments and trailing commas, or YAML by its extension.</summary>
internal static class ConfigurationFile
{
    private static readonly string[] s_yaml = [".yaml", ".yml"];

    /// <summary>The values of the file; null, and an error, when it cannot be used.</summary>
    public static IReadOnlyList<ConfigurationValue>? Read(string path, ICollection<string> errors)
    {
        string full = Path.GetFullPath(path);
        if (!File.Exists(full))
        {
            errors.Add(Directory.Exists(full)
                ? $"The configuration file {path} is a directory: name a file in it."
                : $"The configuration file {path} does not exist: check the path, which starts at {Directory.GetCurrentDirectory()}.");
            return null;
        }

        try
        {
            return Parse(full, path);
        }
        catch (Exception exception) when (exception is InvalidDataException or FormatException or JsonException or YamlException or IOException
            or UnauthorizedAccessException)
        {
            errors.Add(Message(path, exception));
            return null;
        }
    }

    private static List<ConfigurationValue> Parse(string full, string path)
    {
        if (s_yaml.Contains(Path.GetExtension(full), StringComparer.OrdinalIgnoreCase))
        {
            using StreamReader text = File.OpenText(full);
            return [.. YamlValues.Read(text, path)];
        }

        using FileStream json = File.OpenRead(full);
        using var root = (ConfigurationRoot)new ConfigurationBuilder().AddJsonStream(json).Build();
        return [.. root.AsEnumerable().Where(pair => pair.Value is not null).OrderBy(pair => pair.Key, ConfigurationKeyComparer.Instance)
            .Select(pair => new ConfigurationValue(pair.Key, pair.Value!, path))];
    }

    private static string Message(string path, Exception exception)
    {
        for (Exception? inner = exception; inner is not null; inner = inner.InnerException)
        {
            switch (inner)
            {
                case JsonException { LineNumber: { } line }:
                    return $"The configuration file {path} is not valid JSON at line {line + 1}: {FirstSentence(inner.Message)}";
                case YamlException yaml:
                    return $"The configuration file {path} is not valid YAML at line {yaml.Start.Line}: {FirstSentence(yaml.Message)}";
            }
        }

        return $"The configuration file {path} cannot be read: {FirstSentence(exception.GetBaseException().Message)}";
    }

    /// <summary>The parsers append positions of their own in several formats; the line was given already.</summary>
    private static string FirstSentence(string message)
    {
        int end = message.IndexOf(" LineNumber:", StringComparison.Ordinal);
        return (end < 0 ? message : message[..end]).TrimEnd('.', ' ') + ".";
    }
}
