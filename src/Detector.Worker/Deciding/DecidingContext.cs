using Detector.Worker.Deciding.Feedback;
using Detector.Worker.Deciding.Maintenance;

namespace Detector.Worker.Deciding;

/// <summary>What the judges of one pipeline share.</summary>
internal sealed record DecidingContext(MaintenanceSchedule Maintenance, FeedbackBook Feedback, GroupRegister Groups)
{
    /// <summary>No maintenance, no feedback, and each alert a group of its own.</summary>
    public static DecidingContext None => new(new MaintenanceSchedule(), new FeedbackBook(), new GroupRegister(TimeSpan.Zero));
}
