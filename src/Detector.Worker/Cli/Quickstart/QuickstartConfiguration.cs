using Detector.Worker.Deciding;
using Detector.Worker.Decoding;
using Detector.Worker.Hosting;
using Detector.Worker.Ingestion;
using Detector.Worker.Learning;
using Detector.Worker.Pipeline;
using Detector.Worker.Publishing;
using Detector.Worker.Web;

namespace Detector.Worker.Cli.Quickstart;

/// <summary>The configuration the quickstart runs with: what a user would write, with the embedded broker's address.</summary>
internal static class QuickstartConfiguration
{
    public const string Pipeline = "quickstart";

    /// <param name="training">How long to learn.</param>
    /// <param name="period">Sampling period; null measures it.</param>
    /// <param name="networks">Names of the networks; empty takes the default ones.</param>
    public static DetectorOptions Create(string bootstrapServers, string stateDirectory, int port, TrainingOptions training, TimeSpan? period, IReadOnlyList<string> networks)
    {
        var options = new DetectorOptions
        {
            State = new StateOptions { Directory = stateDirectory },
            Http = new HttpOptions { Port = port },
        };
        SourceOptions source = Reader(bootstrapServers, QuickstartSession.Samples, "detector");
        source.Decode = new DecodeOptions { Format = "json", Series = "$.device", Timestamp = "$.ts", Features = "$.values" };
        source.DeadLetter = "dead";
        options.Sources["plant"] = source;
        options.Sinks["alerts"] = Topic(bootstrapServers, QuickstartSession.AlertTopic);
        options.Sinks["scores"] = Topic(bootstrapServers, QuickstartSession.ScoreTopic);
        options.Sinks["dead"] = Topic(bootstrapServers, QuickstartSession.DeadLetterTopic);
        options.Pipelines[Pipeline] = new PipelineOptions
        {
            Sources = ["plant"],
            Window = { Period = period },
            Model = { Networks = [.. networks] },
            Training = training,
            Threshold = new ThresholdOptions { FalseAlarms = "1 per series per week" },
            Sinks = ["alerts"],
            ScoreSinks = ["scores"],
        };
        return options;
    }

    /// <summary>A sink for one topic of the embedded broker.</summary>
    public static SinkOptions Topic(string bootstrapServers, string topic) => new()
    {
        Type = "kafka",
        Topic = topic,
        Client = new Dictionary<string, string>(StringComparer.Ordinal) { ["bootstrap.servers"] = bootstrapServers },
    };

    /// <summary>A source that reads the alerts back.</summary>
    public static SourceOptions AlertReader(string bootstrapServers) => Reader(bootstrapServers, QuickstartSession.AlertTopic, "quickstart-display");

    private static SourceOptions Reader(string bootstrapServers, string topic, string group) => new()
    {
        Type = "kafka",
        Topics = [topic],
        Client = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["bootstrap.servers"] = bootstrapServers,
            ["group.id"] = group,
            // The embedded broker answers an empty fetch only after this long.
            ["fetch.wait.max.ms"] = "20",
        },
    };
}
