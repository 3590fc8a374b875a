using Detector.Worker.Contracts;

namespace Detector.Worker.Mqtt;

/// <summary>Finds everything that is wrong with the MQTT side of a source's or sink's options.</summary>
internal static class MqttOptionsCheck
{
    /// <param name="path">Where source or sink stands in the configuration, as in <c>Detector:Sources:cells</c>.</param>
    /// <param name="environment">Whether files must exist on this machine.</param>
    public static IEnumerable<string> Errors(string? server, MqttOptions options, string path, bool environment)
    {
        string mqtt = $"{path}:Mqtt";
        IEnumerable<string?> errors =
        [
            Server(server, options, path),
            Bounds.Known($"{mqtt}:ProtocolVersion", options.ProtocolVersion, [MqttProtocol.Version5, MqttProtocol.Version311]),
            Bounds.Of($"{mqtt}:Qos", options.Qos, 0, 2),
            Bounds.Of($"{mqtt}:KeepAlive", options.KeepAlive, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(ushort.MaxValue)),
            Bounds.Of($"{mqtt}:SessionExpiry", options.SessionExpiry, TimeSpan.Zero, TimeSpan.FromDays(365)),
            Bounds.Of($"{mqtt}:ReceiveMaximum", options.ReceiveMaximum, 1, ushort.MaxValue),
            options.ClientId is "" ? $"{mqtt}:ClientId is empty: write a name that no other client of the broker has, or leave it out." : null,
            options.Password is not null && options.Username is null ? $"{mqtt}:Password is set without a Username: add the user's name." : null,
            options.SharedGroup is { } group && (group.Length == 0 || group.AsSpan().IndexOfAny("/+#") >= 0)
                ? $"{mqtt}:SharedGroup is \"{group}\": write a name without /, + and #." : null,
            Topic($"{mqtt}:StatusTopic", options.StatusTopic),
            (options.Tls.Certificate is null) != (options.Tls.Key is null)
                ? $"{mqtt}:Tls has {(options.Tls.Key is null ? "a Certificate but no Key" : "a Key but no Certificate")}: name both files." : null,
            environment ? Missing($"{mqtt}:Tls:Ca", options.Tls.Ca) : null,
            environment ? Missing($"{mqtt}:Tls:Certificate", options.Tls.Certificate) : null,
            environment ? Missing($"{mqtt}:Tls:Key", options.Tls.Key) : null,
        ];
        return errors.OfType<string>();
    }

    /// <summary>Whether messages can be published to the topic; null is fine.</summary>
    public static string? Topic(string key, string? topic) => topic switch
    {
        null => null,
        "" => $"{key} is empty: write a topic.",
        _ when topic.AsSpan().IndexOfAny("+#\0") >= 0 => $"{key} is \"{topic}\", but messages are published to one topic: write it without + and #.",
        _ => null,
    };

    /// <summary>Whether a source can subscribe to the filter.</summary>
    public static string? Filter(string key, string filter)
    {
        string[] levels = filter.Split('/');
        bool valid = filter.Length > 0 && !filter.Contains('\0', StringComparison.Ordinal)
            && levels.All(level => level is "+" or "#" || level.AsSpan().IndexOfAny("+#") < 0)
            && !levels.SkipLast(1).Contains("#");
        return !valid
            ? $"{key} has \"{filter}\", which is no topic filter: + and # stand for whole levels, # for the last only."
            : levels[0] == "$share" ? $"{key} has \"{filter}\": name the topic alone, and the group under Mqtt:SharedGroup." : null;
    }

    private static string? Server(string? server, MqttOptions options, string path)
    {
        if (!Uri.TryCreate(server, UriKind.Absolute, out Uri? uri) || uri.Scheme is not (MqttProtocol.Plain or MqttProtocol.Secure) || uri.Host.Length == 0)
            return $"{path}:Server is \"{server}\": write mqtt://HOST:PORT, or mqtts://HOST:PORT for TLS.";
        if (uri.UserInfo.Length > 0)
            return $"{path}:Server carries a user: write it under Mqtt:Username and Mqtt:Password, which are kept out of logs.";
        return uri.Scheme == MqttProtocol.Plain && (options.Tls.Ca ?? options.Tls.Certificate) is not null
            ? $"{path}:Mqtt:Tls is set, but the Server is named with mqtt://: write mqtts:// for TLS." : null;
    }

    private static string? Missing(string key, string? file) =>
        file is null || File.Exists(file) ? null : $"{key} is \"{file}\", but there is no such file: create it or correct the path.";
}
