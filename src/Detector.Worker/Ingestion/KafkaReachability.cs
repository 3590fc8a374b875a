using Confluent.Kafka;

namespace Detector.Worker.Ingestion;

/// <summary>Asks a Kafka cluster for its metadata, with the client settings of a source or sink.</summary>
internal static class KafkaReachability
{
    /// <summary>Null when the cluster answers and has the topics, else a sentence that says what is wrong.</summary>
    /// <param name="key">Key of the source or sink in the configuration.</param>
    /// <param name="client">Its librdkafka settings.</param>
    /// <param name="topics">Topics that must exist; patterns are skipped.</param>
    /// <param name="timeout">How long an answer may take.</param>
    public static string? Problem(string key, IDictionary<string, string> client, IEnumerable<string> topics, TimeSpan timeout)
    {
        client.TryGetValue("bootstrap.servers", out string? servers);
        string? lastError = null;
        try
        {
            using IAdminClient admin = new AdminClientBuilder(client.Where(pair => Applies(pair.Key)).ToDictionary(StringComparer.Ordinal))
                .SetErrorHandler((_, error) => lastError = error.Reason)
                .SetLogHandler((_, _) => { })
                .Build();
            Metadata metadata = admin.GetMetadata(timeout);
            string[] missing = [.. topics.Where(topic => !topic.StartsWith('^')).Except(metadata.Topics.Select(topic => topic.Topic), StringComparer.Ordinal)];
            return missing.Length == 0 ? null : $"{key}: the cluster at {servers} has no topic {string.Join(", ", missing)}: create it, or correct the name.";
        }
        catch (KafkaException exception)
        {
            return $"{key}: no answer from the cluster at {servers} within {timeout.TotalSeconds:0} s ({Plain(lastError ?? exception.Error.Reason)}): "
                + "check bootstrap.servers, the network, and the security settings.";
        }
        catch (Exception exception) when (exception is InvalidOperationException or ArgumentException)
        {
            return $"{key}:Client has a setting that librdkafka refuses ({exception.Message.TrimEnd('.')}): correct or remove it.";
        }
    }

    /// <summary>librdkafka appends its internal state in brackets.</summary>
    private static string Plain(string reason) => reason.Split(" (after ", 2)[0].TrimEnd('.');

    /// <summary>Settings of producing alone make librdkafka's consumer complain, and the other way round; an admin client is a producer.</summary>
    private static bool Applies(string setting) => setting is not ("group.id" or "auto.offset.reset");
}
