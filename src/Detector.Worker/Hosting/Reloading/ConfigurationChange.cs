namespace Detector.Worker.Hosting.Reloading;

/// <summary>What one configuration has that another has not, or has otherwise.</summary>
internal sealed class ConfigurationChange
{
    private static readonly string[] s_maps = ["Sources", "Pipelines", "Sinks"];

    /// <param name="before">Its values.</param>
    /// <param name="after">The other's.</param>
    public ConfigurationChange(IEnumerable<KeyValuePair<string, string>> before, IEnumerable<KeyValuePair<string, string>> after)
    {
        var differing = new HashSet<KeyValuePair<string, string>>(before);
        differing.SymmetricExceptWith(after);
        Entries = [.. differing.Select(value => Entry(value.Key)).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];
    }

    /// <summary>What differs: <c>Sources:plant</c>, <c>Pipelines:pumps</c>, <c>Http</c>.</summary>
    public IReadOnlyList<string> Entries { get; }

    /// <summary>The part of a configuration that differs, so that only this is asked of the environment.</summary>
    public DetectorOptions Of(DetectorOptions options)
    {
        var part = new DetectorOptions { State = options.State };
        foreach ((string name, Ingestion.SourceOptions source) in options.Sources.Where(source => Entries.Contains($"Sources:{source.Key}")))
            part.Sources.Add(name, source);
        foreach ((string name, Publishing.SinkOptions sink) in options.Sinks.Where(sink => Entries.Contains($"Sinks:{sink.Key}")))
            part.Sinks.Add(name, sink);
        return part;
    }

    private static string Entry(string key)
    {
        string[] parts = key.Split(':');
        return s_maps.Contains(parts[1]) && parts.Length > 2 ? $"{parts[1]}:{parts[2]}" : parts[1];
    }
}
