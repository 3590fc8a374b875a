using Detector.Worker.Contracts;
using Detector.Worker.Mqtt;
using Detector.Worker.Publishing.Alertmanager;
using Detector.Worker.Publishing.Webhook;

namespace Detector.Worker.Publishing;

/// <summary>Sinks by the type the configuration uses.</summary>
internal static class SinkFactory
{
    public const string Kafka = "kafka";
    public const string Mqtt = MqttProtocol.Type;
    public const string File = "file";
    public const string Stdout = "stdout";
    public const string Webhook = "webhook";
    public const string Alertmanager = "alertmanager";

    /// <summary>Known types.</summary>
    public static IReadOnlyList<string> Types { get; } = [Kafka, Mqtt, File, Stdout, Webhook, Alertmanager];

    /// <param name="onError">Told the reason of every failed delivery, one of <see cref="DeliveryFault.Reasons"/>.</param>
    /// <param name="queues">Directory of what waits to be delivered (webhook); null keeps it in memory.</param>
    /// <exception cref="ArgumentException">The type is not known.</exception>
    /// <exception cref="IOException">The file, the queue or a certificate cannot be opened.</exception>
    public static ISink Create(string name, SinkOptions options, ILoggerFactory loggers, Action<string>? onError = null, string? queues = null)
    {
        onError ??= _ => { };
        return options.Type switch
        {
            Kafka => new KafkaSink(name, options, loggers.CreateLogger<KafkaSink>(), onError),
            Mqtt => new MqttSink(name, options, loggers.CreateLogger<MqttSink>(), onError),
            File => new LineSink(name, Append(options.Path!), leaveOpen: false, loggers.CreateLogger<LineSink>(), onError),
            Stdout => new LineSink(name, Console.OpenStandardOutput(), leaveOpen: true, loggers.CreateLogger<LineSink>(), onError),
            Webhook => new WebhookSink(
                name, options, queues is null ? null : Path.Combine(queues, $"{name}.jsonl"), loggers.CreateLogger<WebhookSink>(), onError),
            Alertmanager => new AlertmanagerSink(name, options, loggers.CreateLogger<AlertmanagerSink>(), onError),
            _ => throw new ArgumentException($"There is no sink type '{options.Type}'; use one of {string.Join(", ", Types)}.", nameof(options)),
        };
    }

    private static FileStream Append(string path) => new(path, FileMode.Append, FileAccess.Write, FileShare.ReadWrite, bufferSize: 0);
}
