using Detector.Worker.Deciding;
using Detector.Worker.Decoding;
using Detector.Worker.Decoding.Logs;
using Detector.Worker.Hosting;
using Detector.Worker.Ingestion;
using Detector.Worker.Learning;
using Detector.Worker.Pipeline;
using Detector.Worker.Web;

namespace Detector.Worker.Cli.Quickstart;

/// <summary>The configuration the quickstart runs with: what a user would write, with the address of the broker that was started.</summary>
internal static class QuickstartConfiguration
{
    public const string Pipeline = "quickstart";

    /// <summary>The same on log lines.</summary>
    /// <param name="logs">How they are read.</param>
    public static DetectorOptions ForLogs(IQuickstartBroker broker, string stateDirectory, int port, TrainingOptions training, LogOptions logs, IReadOnlyList<string> networks)
    {
        DetectorOptions options = Create(broker, stateDirectory, port, training, logs.Bucket, networks);
        options.Sources["plant"].Decode = new DecodeOptions { Format = DecoderFactory.Logs, Logs = logs };
        options.Pipelines[Pipeline].Window.Length = 8 * logs.Bucket;
        // What comes once a week cannot be told from twenty minutes of lines.
        options.Pipelines[Pipeline].Threshold = new ThresholdOptions { FalseAlarms = "1 per series per day" };
        return options;
    }

    /// <param name="training">How long to learn.</param>
    /// <param name="period">Sampling period; null measures it.</param>
    /// <param name="networks">Names of the networks; empty takes the default ones.</param>
    public static DetectorOptions Create(
        IQuickstartBroker broker, string stateDirectory, int port, TrainingOptions training, TimeSpan? period, IReadOnlyList<string> networks)
    {
        var options = new DetectorOptions
        {
            State = new StateOptions { Directory = stateDirectory },
            Http = new HttpOptions { Port = port },
        };
        SourceOptions source = broker.Source(QuickstartSession.Samples, "detector");
        source.Decode = new DecodeOptions { Format = "json", Series = broker.SeriesRule, Timestamp = "$.ts", Features = "$.values" };
        source.DeadLetter = "dead";
        options.Sources["plant"] = source;
        options.Sinks["alerts"] = broker.Sink(QuickstartSession.AlertTopic);
        options.Sinks["scores"] = broker.Sink(QuickstartSession.ScoreTopic);
        options.Sinks["dead"] = broker.Sink(QuickstartSession.DeadLetterTopic);
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
}
