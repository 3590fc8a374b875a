using Detector.Worker.Deciding;
using Detector.Worker.Learning;
using Detector.Worker.Scoring;
using Detector.Worker.Windowing;

namespace Detector.Worker.Pipeline;

/// <summary>A path from sources to sinks with one model policy: one entry of <c>Detector:Pipelines</c>.</summary>
public sealed class PipelineOptions
{
    /// <summary>Names of the sources it reads.</summary>
    public IList<string> Sources { get; set; } = [];

    /// <summary>Which series of those sources it watches: a pattern with <c>*</c> and <c>?</c>.</summary>
    public string Series { get; set; } = "*";

    public WindowOptions Window { get; set; } = new();

    public ModelOptions Model { get; set; } = new();

    public TrainingOptions Training { get; set; } = new();

    public ThresholdOptions Threshold { get; set; } = new();

    public AlertOptions Alert { get; set; } = new();

    public QualityOptions Quality { get; set; } = new();

    /// <summary>Names of the sinks that receive alerts.</summary>
    public IList<string> Sinks { get; set; } = [];

    /// <summary>Names of the sinks that receive the score of every sample.</summary>
    public IList<string> ScoreSinks { get; set; } = [];

    /// <summary>Names of the sinks that receive each threshold that comes into force.</summary>
    public IList<string> ThresholdSinks { get; set; } = [];

    /// <summary>Series that are watched at most; samples of further ones are dropped as <c>series_limit</c>.</summary>
    public int MaxSeries { get; set; } = 10_000;

    /// <summary>Features that a series may have; further ones are left out, and a sample with nothing but those is dropped as <c>feature_limit</c>.</summary>
    public int MaxFeatures { get; set; } = 512;

    /// <summary>Windows that are scored together at most.</summary>
    public int MaxBatch { get; set; } = 1024;
}
