using Detector.Models.Artifacts;
using Detector.Worker.Deciding.Maintenance;
using Detector.Worker.Pipeline;
using Detector.Worker.Pipeline.Alerts;

namespace Detector.Worker.Web;

/// <summary>What page and API show and change.</summary>
internal sealed record PageServices(
    IReadOnlyList<PipelineRuntime> Pipelines,
    AlertBook Alerts,
    FeedbackDesk Feedback,
    MaintenanceSchedule Maintenance,
    ArtifactStore Models,
    string Version,
    TimeProvider Clock)
{
    /// <summary>Takes what people want of models.</summary>
    public ModelDesk Desk { get; } = new(Pipelines, Clock);
}
