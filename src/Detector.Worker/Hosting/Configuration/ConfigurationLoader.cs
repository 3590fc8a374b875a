using Detector.Worker.Contracts;

namespace Detector.Worker.Hosting.Configuration;

/// <summary>
/// Reads the configuration: defaults, then appsettings.json beside the executable, each <c>--config</c> file, secrets by file, the environment, and <c>--set</c>;
/// what comes later wins.
/// </summary>
internal static class ConfigurationLoader
{
    private const string Settings = "appsettings.json";

    /// <param name="files">The <c>--config</c> files in order.</param>
    /// <param name="overrides">The <c>--set</c> arguments, <c>Section:Key=value</c>.</param>
    /// <param name="environment">The environment variables.</param>
    /// <param name="directory">Where appsettings.json is looked for; null: beside the executable.</param>
    public static LoadedConfiguration Load(
        IReadOnlyList<string> files, IReadOnlyList<string> overrides, IReadOnlyDictionary<string, string> environment, string? directory = null)
    {
        var errors = new List<string>();
        ConfigurationNode root = Merge(
            files, overrides, environment, Path.Combine(directory ?? AppContext.BaseDirectory, Settings), errors, out bool complete);

        var options = new DetectorOptions();
        var reader = new OptionsReader(errors);
        ConfigurationNode? section = root.Child(DetectorOptions.Section);
        if (section is not null)
            reader.Read(section, options);

        // Without one of the files, what seems to be missing may well stand in it.
        if (complete)
            errors.AddRange(DetectorOptionsCheck.Errors(options).Where(error => !reader.Failed.Any(key => IsAbout(error, key))));

        IReadOnlyList<KeyValuePair<string, string>> values = EffectiveValues.Of(options);
        return new LoadedConfiguration
        {
            Options = options,
            Errors = errors,
            Hash = EffectiveValues.Hash(values),
            Values = [.. values.Select(pair => Shown(pair, root))],
        };
    }

    private static ConfigurationNode Merge(
        IReadOnlyList<string> files, IReadOnlyList<string> overrides, IReadOnlyDictionary<string, string> environment,
        string settings, List<string> errors, out bool complete)
    {
        bool allRead = true;
        var root = new ConfigurationNode("", "");
        int layer = 0;
        var secretFiles = new List<ConfigurationValue>();

        if (File.Exists(settings))
            AddFile(ConfigurationFile.Read(settings, errors));
        foreach (string file in files)
        {
            IReadOnlyList<ConfigurationValue>? values = ConfigurationFile.Read(file, errors);
            errors.AddRange(UnknownSections(values ?? []));
            AddFile(values);
        }

        Add(Resolved(secretFiles, errors));
        Add(Resolved(EnvironmentValues.Read(environment), errors));
        Add(Resolved(OverrideValues.Read(overrides, errors), errors));
        complete = allRead;
        return root;

        void AddFile(IReadOnlyList<ConfigurationValue>? values)
        {
            allRead &= values is not null;
            secretFiles.AddRange((values ?? []).Where(SecretFiles.Names));
            Add((values ?? []).Where(value => !SecretFiles.Names(value)));
        }

        void Add(IEnumerable<ConfigurationValue> values)
        {
            foreach (ConfigurationValue value in values)
                root.Set(value, layer);
            layer++;
        }
    }

    private static IEnumerable<ConfigurationValue> Resolved(IEnumerable<ConfigurationValue> values, List<string> errors) => values
        .Select(value => SecretFiles.Names(value) ? SecretFiles.Read(value, errors) : value)
        .OfType<ConfigurationValue>();

    /// <summary>appsettings.json may carry sections for the framework; a file of the service's own carries one section.</summary>
    private static IEnumerable<string> UnknownSections(IEnumerable<ConfigurationValue> values) =>
        from value in values
        group value by value.Key.Split(':')[0] into section
        where !section.Key.Equals(DetectorOptions.Section, StringComparison.OrdinalIgnoreCase) && section.Key != "$schema"
        select $"{section.Key} (in {section.First().Origin}) is not a known section: everything stands under {DetectorOptions.Section}"
            + (Nearest.To(section.Key, [DetectorOptions.Section]) is null ? "." : $"; did you mean \"{DetectorOptions.Section}\"?");

    private static bool IsAbout(string error, string key) =>
        error.StartsWith(key, StringComparison.OrdinalIgnoreCase) && error.Length > key.Length && error[key.Length] is ' ' or ':';

    private static ConfigurationValue Shown(KeyValuePair<string, string> pair, ConfigurationNode root)
    {
        ConfigurationNode? node = root;
        foreach (string part in pair.Key.Split(':'))
            node = node?.Child(part);
        bool secret = SecretKeys.IsSecret(pair.Key);
        return new ConfigurationValue(pair.Key, secret ? SecretKeys.Redacted : pair.Value, node?.Value is null ? "default" : node.Origin);
    }
}
