using Detector.Models.Scoring;
using Detector.Models.Thresholds;
using Detector.Worker.Contracts;
using Detector.Worker.Windowing;

namespace Detector.Worker.Pipeline;

/// <summary>A model in service.</summary>
/// <param name="Scorer">Scores windows.</param>
/// <param name="Threshold">Every series starts from a copy of it.</param>
/// <param name="Shape">Windows it was trained on.</param>
/// <param name="Version">Version of the artifact.</param>
/// <param name="TrainedAt">When it was trained.</param>
/// <param name="Quality">When the data of its series are bad.</param>
/// <param name="Baseline">How samples came in training; null when that was not kept.</param>
/// <param name="LearnedTo">Event time of the newest sample that it was learned from, UTC ticks; 0 when that was not kept.</param>
internal sealed record LiveModel(
    AnomalyModel Scorer, ThresholdState Threshold, WindowShape Shape, string Version, DateTimeOffset TrainedAt, QualityLimits Quality, StreamBaseline? Baseline = null,
    long LearnedTo = 0)
{
    /// <summary>Whether it is the model of other series, which scores a new one until it has its own.</summary>
    public bool IsOfGroup { get; init; }

    /// <summary>Its features, for rows that it scores.</summary>
    public FeatureSchema Schema { get; } = FeatureSchema.Of(Scorer.Features);

    /// <summary>Whether it knows these features, in this order, and no others.</summary>
    public bool Knows(IReadOnlyList<string> features) => Scorer.Features.SequenceEqual(features, StringComparer.Ordinal);

    /// <summary>How alerts name it.</summary>
    public AlertModel Named => new(Version, Scorer.Networks) { Scope = IsOfGroup ? "group" : null };
}
