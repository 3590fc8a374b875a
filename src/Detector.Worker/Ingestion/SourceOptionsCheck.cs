using Detector.Worker.Mqtt;

namespace Detector.Worker.Ingestion;

/// <summary>Finds everything that is wrong with a source's options, but for those of its decoder, which are another room's.</summary>
internal static class SourceOptionsCheck
{
    private const string StoreKey = "enable.auto.offset.store";

    /// <param name="path">Where the options stand in the configuration, as in <c>Detector:Sources:plant</c>.</param>
    /// <param name="environment">Whether files must exist on this machine.</param>
    /// <returns>One sentence for each mistake: key, value and remedy.</returns>
    public static IReadOnlyList<string> Errors(SourceOptions options, string path, bool environment = true)
    {
        var errors = new List<string>();
        switch (options.Type)
        {
            case SourceFactory.Kafka:
                CheckKafka(options, path, errors);
                break;
            case SourceFactory.Mqtt:
                CheckMqtt(options, path, environment, errors);
                break;
            case SourceFactory.File:
                CheckFile(options, path, environment, errors);
                break;
            case SourceFactory.StandardInput:
                break;
            case SourceFactory.Syslog:
                if (!System.Net.IPEndPoint.TryParse(options.Listen, out System.Net.IPEndPoint? address) || address.Port == 0 || !options.Listen.Contains(':', StringComparison.Ordinal))
                    errors.Add($"{path}:Listen is '{options.Listen}'; write an address and a port, as in 0.0.0.0:5514.");
                break;
            default:
                errors.Add($"{path}:Type is '{options.Type}'; use {string.Join(", ", SourceFactory.Types)}.");
                break;
        }

        if (options.Follow && (options.Type is not SourceFactory.File || options.Path?.EndsWith(".gz", StringComparison.OrdinalIgnoreCase) == true))
            errors.Add($"{path}:Follow is true, but only a plain file can be followed; leave it out.");
        if (options.History is not null && options.Type is not SourceFactory.Kafka)
            errors.Add($"{path}:History is set, but a {options.Type} source cannot be read from the past on; remove it.");
        if (options.History is { } history && (history < TimeSpan.FromSeconds(1) || history > TimeSpan.FromDays(3650)))
            errors.Add($"{path}:History is {history}; write a time from \"00:00:01\" to \"3650.00:00:00\", such as the warm-up.");
        if (options.Server is not null && options.Type is not SourceFactory.Mqtt)
            errors.Add($"{path}:Server is set, but a {options.Type} source has none; remove it or set Type to mqtt.");
        if (options.MaxMessageBytes < 1)
            errors.Add($"{path}:MaxMessageBytes is {options.MaxMessageBytes}; allow at least one byte.");
        if (options.MaxInFlight < 1)
            errors.Add($"{path}:MaxInFlight is {options.MaxInFlight}; allow at least one message.");
        if (options.MaxFuture < TimeSpan.Zero)
            errors.Add($"{path}:MaxFuture is {options.MaxFuture}; write a time of zero or more, as in \"01:00:00\".");
        return errors;
    }

    private static void CheckKafka(SourceOptions options, string path, List<string> errors)
    {
        if (options.Topics.Count == 0 || options.Topics.Any(string.IsNullOrWhiteSpace))
            errors.Add($"{path}:Topics names no topic; name at least one.");
        foreach (string key in (string[])["bootstrap.servers", "group.id"])
        {
            if (!options.Client.TryGetValue(key, out string? value) || string.IsNullOrWhiteSpace(value))
                errors.Add($"{path}:Client has no '{key}', which a kafka source needs.");
        }

        if (options.Client.TryGetValue(StoreKey, out string? stored) && stored != "false")
            errors.Add($"{path}:Client:{StoreKey} is '{stored}'; leave it out: only what is finished may be stored.");
        if (options.Path is not null)
            errors.Add($"{path}:Path is set, but a kafka source reads Topics; remove one of them or set Type to file.");
    }

    private static void CheckMqtt(SourceOptions options, string path, bool environment, List<string> errors)
    {
        if (options.Topics.Count == 0)
            errors.Add($"{path}:Topics names no topic; name at least one.");
        errors.AddRange(options.Topics.Select(topic => MqttOptionsCheck.Filter($"{path}:Topics", topic)).OfType<string>());
        errors.AddRange(MqttOptionsCheck.Errors(options.Server, options.Mqtt, path, environment));
        // Line protocol and Sparkplug B name their series themselves.
        if (options.Decode.Series is "key" || options.Decode is { Series: null, Format: "json" or "csv" or "logs" })
            errors.Add($"{path}:Decode:Series is \"{options.Decode.Series ?? "key"}\", but messages of MQTT have no key: write topic:N for a level of the topic{(options.Decode.Format == "logs" ? "" : ", or a path as in $.device")}.");
        if (options.Client.Count > 0)
            errors.Add($"{path}:Client is set, but holds settings of Kafka; write those of MQTT under Mqtt.");
        if (options.Path is not null)
            errors.Add($"{path}:Path is set, but an mqtt source reads Topics; remove one of them or set Type to file.");
    }

    private static void CheckFile(SourceOptions options, string path, bool environment, List<string> errors)
    {
        if (string.IsNullOrWhiteSpace(options.Path))
            errors.Add($"{path}:Path is empty; name the file to read.");
        else if (environment && !options.Follow && !File.Exists(options.Path))
            errors.Add($"{path}:Path is '{options.Path}', but there is no such file; create it or correct the path.");
        if (options.Topics.Count > 0)
            errors.Add($"{path}:Topics is set, but a file source reads Path; remove it or set Type to kafka.");
    }
}
