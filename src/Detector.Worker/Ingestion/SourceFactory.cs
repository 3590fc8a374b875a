using Detector.Worker.Contracts;
using Detector.Worker.Mqtt;

namespace Detector.Worker.Ingestion;

/// <summary>Sources by the type the configuration uses.</summary>
internal static class SourceFactory
{
    public const string Kafka = "kafka";
    public const string File = "file";
    public const string Mqtt = MqttProtocol.Type;

    /// <summary>Known types.</summary>
    public static IReadOnlyList<string> Types { get; } = [Kafka, Mqtt, File];

    /// <exception cref="ArgumentException">The type is not known.</exception>
    /// <exception cref="IOException">The file cannot be opened.</exception>
    public static ISource Create(string name, SourceOptions options, ILoggerFactory loggers) => options.Type switch
    {
        Kafka => new KafkaSource(name, options, loggers.CreateLogger<KafkaSource>()),
        Mqtt => new MqttSource(name, options, loggers.CreateLogger<MqttSource>()),
        File => new FileSource(name, options.Path!, options.MaxInFlight, options.MaxMessageBytes),
        _ => throw new ArgumentException($"There is no source type '{options.Type}'; use one of {string.Join(", ", Types)}.", nameof(options)),
    };
}
