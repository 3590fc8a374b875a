using System.Net;
using Detector.Worker.Contracts;
using Detector.Worker.Mqtt;

namespace Detector.Worker.Ingestion;

/// <summary>Sources by the type the configuration uses.</summary>
internal static class SourceFactory
{
    public const string Kafka = "kafka";
    public const string File = "file";
    public const string Mqtt = MqttProtocol.Type;
    public const string StandardInput = "stdin";
    public const string Syslog = "syslog";

    /// <summary>Known types.</summary>
    public static IReadOnlyList<string> Types { get; } = [Kafka, Mqtt, File, StandardInput, Syslog];

    /// <param name="stateDirectory">Directory for what a source has to remember; null remembers nothing.</param>
    /// <param name="transactional">Whether a Kafka source's positions are committed by transactions, and not by the source.</param>
    /// <exception cref="ArgumentException">The type is not known.</exception>
    /// <exception cref="IOException">The file cannot be opened, or the port not be taken.</exception>
    public static ISource Create(string name, SourceOptions options, ILoggerFactory loggers, string? stateDirectory = null, bool transactional = false) => options.Type switch
    {
        Kafka => new KafkaSource(name, options, loggers.CreateLogger<KafkaSource>(), transactional),
        Mqtt => new MqttSource(name, options, loggers.CreateLogger<MqttSource>()),
        File when options.Follow => new TailSource(
            name, options.Path!, options.MaxInFlight, options.MaxMessageBytes, options.FromStart,
            stateDirectory is null ? null : Path.Combine(stateDirectory, "positions", name), TimeProvider.System),
        StandardInput => new StandardInputSource(name, Console.OpenStandardInput(), options.MaxInFlight, options.MaxMessageBytes),
        Syslog => SyslogSource.Open(name, IPEndPoint.Parse(options.Listen), options.MaxInFlight, options.MaxMessageBytes),
        File => new FileSource(name, options.Path!, options.MaxInFlight, options.MaxMessageBytes),
        _ => throw new ArgumentException($"There is no source type '{options.Type}'; use one of {string.Join(", ", Types)}.", nameof(options)),
    };
}
