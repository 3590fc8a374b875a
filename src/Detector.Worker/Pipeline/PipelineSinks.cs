using Detector.Worker.Contracts;

namespace Detector.Worker.Pipeline;

/// <summary>The sinks of a pipeline by what they receive.</summary>
internal sealed record PipelineSinks(IReadOnlyList<ISink> Alerts, IReadOnlyList<ISink> Scores, IReadOnlyList<ISink> Thresholds)
{
    public static PipelineSinks None { get; } = new([], [], []);
}
