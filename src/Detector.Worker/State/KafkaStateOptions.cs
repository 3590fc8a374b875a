namespace Detector.Worker.State;

/// <summary>A topic that keeps the state, so that it follows a partition to another machine: the section <c>Topic</c> of <c>Detector:State</c>.</summary>
public sealed class KafkaStateOptions
{
    /// <summary>Name of the topic. It must exist, with <c>cleanup.policy=compact</c>. Null keeps state in the directory alone.</summary>
    public string? Name { get; set; }

    /// <summary>librdkafka settings by their own names. <c>bootstrap.servers</c> is needed.</summary>
    public IDictionary<string, string> Client { get; set; } = new Dictionary<string, string>(StringComparer.Ordinal);
}
