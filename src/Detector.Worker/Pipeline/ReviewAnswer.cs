namespace Detector.Worker.Pipeline;

/// <summary>What came of a review.</summary>
/// <param name="ReviewTicks">Event time of the review.</param>
/// <param name="Model">The model that takes over after the handover; null when the one in service stays.</param>
internal sealed record ReviewAnswer(long ReviewTicks, LiveModel? Model);
