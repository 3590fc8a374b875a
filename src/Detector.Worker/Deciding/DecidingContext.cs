using Detector.Worker.Contracts;
using Detector.Worker.Deciding.Feedback;
using Detector.Worker.Deciding.Maintenance;

namespace Detector.Worker.Deciding;

/// <summary>What the judges of one pipeline share.</summary>
internal sealed record DecidingContext(MaintenanceSchedule Maintenance, FeedbackBook Feedback)
{
    /// <summary>What explains features; null for nothing.</summary>
    public IFeatureNotes? Notes { get; init; }

    /// <summary>What the series' own learning says is known.</summary>
    public IExcuses Known { get; init; } = NoExcuses.Instance;

    /// <summary>No maintenance and no feedback.</summary>
    public static DecidingContext None => new(new MaintenanceSchedule(), new FeedbackBook());

    /// <summary>A feature with what stands behind it at a moment, if a source says. Asked as the sample is judged: what comes later does not belong to it.</summary>
    public AlertFeature Explained(AlertFeature feature, string series, long ticks) =>
        Notes?.Find(series, feature.Name, ticks) is { } note ? feature with { Template = note.Template, Examples = note.Examples } : feature;
}
