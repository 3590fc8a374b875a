using Detector.Worker.Contracts;
using Detector.Worker.Mqtt;

namespace Detector.Worker.Publishing;

/// <summary>Finds everything that is wrong with a sink's options.</summary>
internal static class SinkOptionsCheck
{
    /// <param name="path">Where the options stand in the configuration, as in <c>Detector:Sinks:alerts</c>.</param>
    /// <param name="environment">Whether directories must exist on this machine.</param>
    /// <returns>One sentence for each mistake: key, value and remedy.</returns>
    public static IReadOnlyList<string> Errors(SinkOptions options, string path, bool environment = true)
    {
        var errors = new List<string>();
        switch (options.Type)
        {
            case SinkFactory.Kafka:
                if (string.IsNullOrWhiteSpace(options.Topic))
                    errors.Add($"{path}:Topic is empty; name the topic to produce to.");
                if (!options.Client.TryGetValue("bootstrap.servers", out string? servers) || string.IsNullOrWhiteSpace(servers))
                    errors.Add($"{path}:Client has no 'bootstrap.servers', which a kafka sink needs.");
                break;
            case SinkFactory.Mqtt:
                if (string.IsNullOrWhiteSpace(options.Topic))
                    errors.Add($"{path}:Topic is empty; name the topic to publish to.");
                else if (MqttOptionsCheck.Topic($"{path}:Topic", options.Topic) is { } wrong)
                    errors.Add(wrong);
                errors.AddRange(MqttOptionsCheck.Errors(options.Server, options.Mqtt, path, environment));
                if (options.Client.Count > 0)
                    errors.Add($"{path}:Client is set, but holds settings of Kafka; write those of MQTT under Mqtt.");
                break;
            case SinkFactory.File:
                CheckFile(options, path, environment, errors);
                break;
            case SinkFactory.Stdout:
                break;
            case SinkFactory.Webhook or SinkFactory.Alertmanager:
                if (!Uri.TryCreate(options.Server, UriKind.Absolute, out Uri? address) || address.Scheme is not ("http" or "https") || address.UserInfo.Length > 0)
                    errors.Add($"{path}:Server is '{options.Server}'; write an address such as {(options.Type == SinkFactory.Webhook ? "https://hooks.example.com/detector" : "http://localhost:9093")}.");
                if (Bounds.Of($"{path}:Timeout", options.Timeout, TimeSpan.FromMilliseconds(100), TimeSpan.FromMinutes(2)) is { } timeout)
                    errors.Add(timeout);
                break;
            default:
                errors.Add($"{path}:Type is '{options.Type}'; use {string.Join(", ", SinkFactory.Types)}.");
                break;
        }

        if (options.Topic is not null && (options.Type is SinkFactory.File or SinkFactory.Stdout or SinkFactory.Webhook or SinkFactory.Alertmanager))
            errors.Add($"{path}:Topic is set, but a {options.Type} sink has none; remove it or set Type to kafka or mqtt.");
        if (options.Server is not null && options.Type is SinkFactory.Kafka or SinkFactory.File or SinkFactory.Stdout)
            errors.Add($"{path}:Server is set, but a {options.Type} sink has none; remove it or set Type to mqtt, webhook or alertmanager.");
        if (options.Secret is not null && options.Type is not SinkFactory.Webhook)
            errors.Add($"{path}:Secret is set, but a {options.Type} sink signs nothing; remove it or set Type to webhook.");
        if (options.Path is not null && options.Type is not SinkFactory.File && SinkFactory.Types.Contains(options.Type))
            errors.Add($"{path}:Path is set, but a {options.Type} sink has none; remove it or set Type to file.");
        return errors;
    }

    private static void CheckFile(SinkOptions options, string path, bool environment, List<string> errors)
    {
        if (string.IsNullOrWhiteSpace(options.Path))
        {
            errors.Add($"{path}:Path is empty; name the file to append to.");
            return;
        }

        string directory = Path.GetDirectoryName(Path.GetFullPath(options.Path)) ?? "";
        if (environment && Directory.Exists(options.Path))
            errors.Add($"{path}:Path is '{options.Path}', which is a directory; name a file.");
        else if (environment && !Directory.Exists(directory))
            errors.Add($"{path}:Path is '{options.Path}', but its directory does not exist; create it or correct the path.");
    }
}
