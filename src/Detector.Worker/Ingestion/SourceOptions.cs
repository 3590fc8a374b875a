using Detector.Worker.Decoding;
using Detector.Worker.Mqtt;

namespace Detector.Worker.Ingestion;

/// <summary>Where samples come from: one entry of <c>Detector:Sources</c>.</summary>
public sealed class SourceOptions
{
    /// <summary><c>kafka</c>, <c>mqtt</c>, <c>file</c>, <c>stdin</c> (lines of the standard input) or <c>syslog</c> (RFC 5424 over UDP and TCP).</summary>
    public string Type { get; set; } = "";

    /// <summary>Topics to subscribe to (kafka, mqtt). In Kafka a name that starts with <c>^</c> is a regular expression; MQTT has its wildcards.</summary>
    public IList<string> Topics { get; set; } = [];

    /// <summary>File to read (file), plain or .gz; read once from start to end, unless <see cref="Follow"/>.</summary>
    public string? Path { get; set; }

    /// <summary>Whether the file is followed as it grows and is rotated (file, not .gz). Where it was read to is kept in the state directory.</summary>
    public bool Follow { get; set; }

    /// <summary>Whether a followed file that is met for the first time is read from its start; else only what comes.</summary>
    public bool FromStart { get; set; } = true;

    /// <summary>Address and port to receive on with UDP and TCP (syslog). Beyond this machine only when told so; 514 needs privileges.</summary>
    public string Listen { get; set; } = "127.0.0.1:5514";

    /// <summary>librdkafka settings, passed through by their own names (kafka). <c>bootstrap.servers</c> and <c>group.id</c> are needed.</summary>
    public IDictionary<string, string> Client { get; set; } = new Dictionary<string, string>(StringComparer.Ordinal);

    /// <summary>
    /// How far back a partition is read that is met for the first time, with no committed position and no saved state (kafka): give it the warm-up, and new series
    /// learn from what the broker has kept instead of waiting. No alerts are raised of that time. Not given: as <c>auto.offset.reset</c> says.
    /// </summary>
    public TimeSpan? History { get; set; }

    /// <summary>Broker (mqtt): <c>mqtt://HOST:PORT</c>, or <c>mqtts://HOST:PORT</c> for TLS.</summary>
    public string? Server { get; set; }

    /// <summary>How to talk to that broker (mqtt).</summary>
    public MqttOptions Mqtt { get; set; } = new();

    public DecodeOptions Decode { get; set; } = new();

    /// <summary>Longer messages are dropped as <c>too_large</c>. 1 MiB, the default limit of a Kafka broker.</summary>
    public int MaxMessageBytes { get; set; } = 1024 * 1024;

    /// <summary>Messages of one partition that may be unfinished at a time; at the limit the partition is paused. A multiple of what a training run can hold back.</summary>
    public int MaxInFlight { get; set; } = 65_536;

    /// <summary>Name of the sink that receives messages which cannot be used; null counts and logs them only.</summary>
    public string? DeadLetter { get; set; }

    /// <summary>Earlier event times are dropped as <c>timestamp_past</c>: they come from devices whose clock was never set.</summary>
    public DateTimeOffset EarliestTimestamp { get; set; } = new(2000, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>Event times further ahead of this machine's clock are dropped as <c>timestamp_future</c>: one of them would make every true sample late.</summary>
    public TimeSpan MaxFuture { get; set; } = TimeSpan.FromHours(1);

    /// <summary>Whether what is known of the messages belongs to a position that the next run goes on from.</summary>
    internal bool KeepsPosition => Type is not SourceFactory.StandardInput && (Type is not SourceFactory.File || Follow);
}
