using Detector.Worker.Deciding.Maintenance;
using Detector.Worker.Ingestion;
using Detector.Worker.Pipeline;
using Detector.Worker.Publishing;
using Detector.Worker.Web;

namespace Detector.Worker.Hosting;

/// <summary>The whole configuration of the daemon.</summary>
public sealed class DetectorOptions
{
    public const string Section = "Detector";
    internal const string AtLeastOnce = "at-least-once";
    internal const string ExactlyOnce = "exactly-once";

    public IDictionary<string, SourceOptions> Sources { get; set; } = new Dictionary<string, SourceOptions>(StringComparer.Ordinal);

    public IDictionary<string, PipelineOptions> Pipelines { get; set; } = new Dictionary<string, PipelineOptions>(StringComparer.Ordinal);

    public IDictionary<string, SinkOptions> Sinks { get; set; } = new Dictionary<string, SinkOptions>(StringComparer.Ordinal);

    /// <summary>Times in which series are worked on: what they do then is neither told nor learned from.</summary>
    public IDictionary<string, MaintenanceOptions> Maintenance { get; set; } = new Dictionary<string, MaintenanceOptions>(StringComparer.Ordinal);

    public FeedbackOptions Feedback { get; set; } = new();

    /// <summary>
    /// <c>at-least-once</c>: what a crash interrupts is published again, with the same identity. <c>exactly-once</c>: what the messages of a Kafka source lead
    /// to is published to Kafka in one transaction with the group's offsets, at each snapshot; other sinks get it at least once.
    /// </summary>
    public string Delivery { get; set; } = AtLeastOnce;

    public StateOptions State { get; set; } = new();

    public HttpOptions Http { get; set; } = new();

    /// <summary>
    /// <c>auto</c> (CUDA when there is a device), <c>cpu</c>, <c>cuda</c>, <c>cuda:N</c>, or <c>cpu-torch</c>: the processor used as a GPU is, by torch alone. That is slower, and
    /// shows beforehand what a GPU's scores and <c>Model:Precision</c> will be like.
    /// </summary>
    public string Device { get; set; } = "auto";

    /// <summary>Time that a stop may take to finish what is in flight. Less than the 90 s after which systemd kills.</summary>
    public TimeSpan DrainTimeout { get; set; } = TimeSpan.FromSeconds(30);
}
