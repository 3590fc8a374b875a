using Detector.Models.Artifacts;
using Detector.Worker.Deciding.Feedback;
using Detector.Worker.Deciding.Maintenance;
using Detector.Worker.Pipeline;
using Detector.Worker.Pipeline.Alerts;
using Detector.Worker.Tests.Pipeline;
using Detector.Worker.Web;

namespace Detector.Worker.Tests.Web;

/// <summary>What the page shows, of pipelines that a test has.</summary>
internal static class TestPage
{
    public static PageServices Services(PipelineRuntime[]? pipelines = null, AlertBook? alerts = null, FeedbackBook? marks = null, MaintenanceSchedule? maintenance = null)
    {
        pipelines ??= [TestPipeline.Create()];
        alerts ??= new AlertBook(TimeProvider.System);
        var desk = new FeedbackDesk(alerts, marks ?? new FeedbackBook(), TestPipeline.Metrics(), pipelines.Select(pipeline => pipeline.Name), TimeProvider.System);
        return new PageServices(
            pipelines, alerts, desk, maintenance ?? new MaintenanceSchedule(), new ArtifactStore(Path.Combine(Path.GetTempPath(), "no-models")), "1", TimeProvider.System);
    }
}
