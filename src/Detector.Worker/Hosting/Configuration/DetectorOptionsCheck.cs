using System.Text.RegularExpressions;
using Detector.Worker.Contracts;
using Detector.Worker.Deciding.Maintenance;
using Detector.Worker.Pipeline;
using Detector.Worker.Web;

namespace Detector.Worker.Hosting.Configuration;

/// <summary>What can be wrong with <see cref="DetectorOptions"/> as a whole; each room checks its own part.</summary>
internal static partial class DetectorOptionsCheck
{
    private const string Key = DetectorOptions.Section;
    private const string Servers = "bootstrap.servers";

    public static IEnumerable<string> Errors(DetectorOptions options)
    {
        IEnumerable<string?> errors =
        [
            options.Sources.Count == 0 ? $"{Key}:Sources is empty: describe at least one source of samples." : null,
            options.Pipelines.Count == 0 ? $"{Key}:Pipelines is empty: describe at least one pipeline." : null,
            .. Names($"{Key}:Sources", options.Sources.Keys),
            .. Names($"{Key}:Pipelines", options.Pipelines.Keys),
            .. Names($"{Key}:Sinks", options.Sinks.Keys),
            .. options.Sources.SelectMany(source => SourceErrors($"{Key}:Sources:{source.Key}", source.Value, options)),
            .. options.Sinks.SelectMany(sink => Publishing.SinkOptionsCheck.Errors(sink.Value, $"{Key}:Sinks:{sink.Key}", environment: false)),
            .. options.Pipelines.SelectMany(pipeline => PipelineOptionsCheck.Errors(
                $"{Key}:Pipelines:{pipeline.Key}", pipeline.Value, [.. options.Sources.Keys], [.. options.Sinks.Keys])),
            .. options.Maintenance.SelectMany(entry => MaintenanceOptionsCheck.Errors($"{Key}:Maintenance:{entry.Key}", entry.Value)),
            .. DeliveryErrors(Key, options),
            .. FeedbackErrors($"{Key}:Feedback:Sources", options),
            options.State.SnapshotInterval == TimeSpan.Zero
                ? null : Bounds.Of($"{Key}:State:SnapshotInterval", options.State.SnapshotInterval, TimeSpan.FromMilliseconds(10), TimeSpan.FromHours(1)),
            options.State.Topic is { Name: not null } topic && !topic.Client.ContainsKey("bootstrap.servers")
                ? $"{Key}:State:Topic:Client has no 'bootstrap.servers', which a topic of state needs." : null,
            options.State.Topic is { Name: null, Client.Count: > 0 }
                ? $"{Key}:State:Topic:Client is set, but Name is not: name the topic that keeps the state, or remove Client." : null,
            options.State.ModelBucket is { Endpoint: { } endpoint } && !(Uri.TryCreate(endpoint, UriKind.Absolute, out Uri? address) && address.Scheme is "http" or "https")
                ? $"{Key}:State:ModelBucket:Endpoint is '{endpoint}'; write an address such as http://minio:9000, or remove it for Amazon's." : null,
            options.State.ModelBucket is { Name: null } and ({ Endpoint: not null } or { AccessKey: not null })
                ? $"{Key}:State:ModelBucket is set, but Name is not: name the bucket that keeps the models, or remove the section." : null,
            options.State.ModelBucket is { AccessKey: not null, SecretKey: null } or { AccessKey: null, SecretKey: not null }
                ? $"{Key}:State:ModelBucket has one of AccessKey and SecretKey: write both, or none to take what the environment has." : null,
            Bounds.Of($"{Key}:State:MaxSpilledSeries", options.State.MaxSpilledSeries, 0, 10_000_000),
            string.IsNullOrWhiteSpace(options.State.Directory) ? $"{Key}:State:Directory is empty: write the directory that keeps the models." : null,
            .. HttpOptionsCheck.Errors($"{Key}:Http", options.Http),
            Device().IsMatch(options.Device) ? null : $"{Key}:Device is \"{options.Device}\": write auto, cpu, cuda, cuda:N for the device with number N, or cpu-torch for the processor by torch.",
            Bounds.Of($"{Key}:DrainTimeout", options.DrainTimeout, TimeSpan.FromSeconds(1), TimeSpan.FromHours(1)),
        ];
        return errors.OfType<string>();
    }

    private static IEnumerable<string> SourceErrors(string key, Ingestion.SourceOptions source, DetectorOptions options)
    {
        // Whether a file is there is a question to the environment, asked by validate and at start.
        foreach (string error in Ingestion.SourceOptionsCheck.Errors(source, key, environment: false))
            yield return error;
        foreach (string error in Decoding.DecodeOptionsCheck.Errors(source.Decode, $"{key}:Decode"))
            yield return error;
        if (source is { Type: Ingestion.SourceFactory.Kafka or Ingestion.SourceFactory.Mqtt, Decode: { Format: "csv", Columns.Count: 0 } })
            yield return $"{key}:Decode:Columns is empty, but messages of a topic have no header line: name the columns in their order.";
        if (source is { Type: Ingestion.SourceFactory.File or Ingestion.SourceFactory.Mqtt } and ({ Decode.Timestamp: "broker" } or { Decode.MissingTimestamp: "broker" }))
            yield return $"{key}:Decode takes the time of the broker, which only messages from kafka have: write arrival instead.";
        if (source is { Decode.Format: Decoding.DecoderFactory.Logs, KeepsPosition: true } && options.State.SnapshotInterval == TimeSpan.Zero)
            yield return $"{key}:Decode:Format is logs, but {Key}:State:SnapshotInterval is zero: what is counted in an open bucket would be lost; leave it out, or write a time as in 00:00:05.";
        if (source.Decode is { Format: Decoding.DecoderFactory.Logs, Logs.Templates: { } templates } && !options.Sinks.ContainsKey(templates))
            yield return $"{key}:Decode:Logs:Templates names the sink \"{templates}\", which does not exist: {Nearest.Remedy(templates, [.. options.Sinks.Keys])}";
        if (source.DeadLetter is { } sink && !options.Sinks.ContainsKey(sink))
            yield return $"{key}:DeadLetter names the sink \"{sink}\", which does not exist: {Nearest.Remedy(sink, [.. options.Sinks.Keys])}";
    }

    private static IEnumerable<string> FeedbackErrors(string key, DetectorOptions options)
    {
        foreach (string name in options.Feedback.Sources)
        {
            if (!options.Sources.ContainsKey(name))
                yield return $"{key} names the source \"{name}\", which does not exist: {Nearest.Remedy(name, [.. options.Sources.Keys])}";
            foreach ((string pipeline, PipelineOptions reader) in options.Pipelines)
            {
                if (reader.Sources.Contains(name))
                    yield return $"{key} names the source \"{name}\", which the pipeline {pipeline} reads as samples: give feedback a source of its own.";
            }
        }
    }

    /// <summary>One client writes all of a transaction, and only to the cluster that keeps the offsets.</summary>
    private static IEnumerable<string> DeliveryErrors(string key, DetectorOptions options)
    {
        if (options.Delivery == DetectorOptions.AtLeastOnce)
            yield break;
        if (options.Delivery != DetectorOptions.ExactlyOnce)
        {
            yield return $"{key}:Delivery is \"{options.Delivery}\": write {DetectorOptions.AtLeastOnce} or {DetectorOptions.ExactlyOnce}.";
            yield break;
        }

        if (options.State.SnapshotInterval == TimeSpan.Zero)
            yield return $"{key}:State:SnapshotInterval is 0, but {DetectorOptions.ExactlyOnce} publishes with each snapshot: write the time between two, such as 00:00:01.";
        KeyValuePair<string, Publishing.SinkOptions>[] sinks = [.. options.Sinks.Where(sink => sink.Value.Type == Publishing.SinkFactory.Kafka)];
        foreach ((string name, Publishing.SinkOptions sink) in sinks.Skip(1))
        {
            if (sink.Client.Union(sinks[0].Value.Client).Except(sink.Client.Intersect(sinks[0].Value.Client)).Select(setting => setting.Key).FirstOrDefault() is { } differs)
                yield return $"{key}:Sinks:{name}:Client differs from {key}:Sinks:{sinks[0].Key}:Client in '{differs}': with {DetectorOptions.ExactlyOnce} one client writes to all Kafka sinks, so give them the same settings.";
        }

        if (options.State.Topic.Name is not null && sinks.Length > 0 && ServersOf(options.State.Topic.Client) != ServersOf(sinks[0].Value.Client))
            yield return $"{key}:State:Topic:Client has other '{Servers}' than {key}:Sinks:{sinks[0].Key}:Client: with {DetectorOptions.ExactlyOnce} the state is part of the transaction, so keep it in the same cluster and write the same.";
        foreach ((string name, Ingestion.SourceOptions source) in options.Sources.Where(source => source.Value.Type == Ingestion.SourceFactory.Kafka && sinks.Length > 0))
        {
            if (ServersOf(source.Client) != ServersOf(sinks[0].Value.Client))
                yield return $"{key}:Sources:{name}:Client has other '{Servers}' than {key}:Sinks:{sinks[0].Key}:Client: a transaction is of one cluster, so write the same, or Delivery {DetectorOptions.AtLeastOnce}.";
        }
    }

    private static string? ServersOf(IDictionary<string, string> client) => client.TryGetValue(Servers, out string? servers) ? servers : null;

    /// <summary>Names are label values of metrics and parts of file names.</summary>
    private static IEnumerable<string> Names(string key, IEnumerable<string> names) =>
        from name in names
        where !Name().IsMatch(name)
        select $"{key}:{name} is no valid name: write up to 64 letters, digits, and . _ - with a letter or digit in front.";

    [GeneratedRegex(@"^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$", RegexOptions.CultureInvariant)]
    private static partial Regex Name();

    [GeneratedRegex(@"^(auto|cpu|cpu-torch|cuda(:\d{1,3})?)$", RegexOptions.CultureInvariant)]
    private static partial Regex Device();
}
