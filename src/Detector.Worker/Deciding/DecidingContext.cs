using Detector.Worker.Deciding.Feedback;
using Detector.Worker.Deciding.Maintenance;

namespace Detector.Worker.Deciding;

/// <summary>What the judges of one pipeline share.</summary>
internal sealed record DecidingContext(MaintenanceSchedule Maintenance, FeedbackBook Feedback)
{
    /// <summary>No maintenance and no feedback.</summary>
    public static DecidingContext None => new(new MaintenanceSchedule(), new FeedbackBook());
}
