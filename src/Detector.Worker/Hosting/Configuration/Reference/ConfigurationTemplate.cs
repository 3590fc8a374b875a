namespace Detector.Worker.Hosting.Configuration.Reference;

/// <summary>A commented configuration to begin with: one of the examples under <c>configs/</c>, which the executable carries.</summary>
internal static class ConfigurationTemplate
{
    /// <summary>The kinds of source there is a template for; the first is the usual one.</summary>
    public static readonly string[] Kinds = ["kafka", "mqtt", "file"];

    public static string Read(string kind)
    {
        using Stream stream = typeof(ConfigurationTemplate).Assembly.GetManifestResourceStream($"template.{kind}.json")!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
