namespace Detector.Worker.Pipeline;

/// <summary>A model that is to be learned anew and held against the one in service.</summary>
/// <param name="Champion">The model in service.</param>
/// <param name="ReviewTicks">Event time of the review that wants it.</param>
/// <param name="Trigger">Why: <c>schedule</c>, <c>drift</c>, <c>new normal</c> or <c>command</c>.</param>
/// <param name="Ticks">(N) event times of the pool's samples.</param>
/// <param name="Values">N × F.</param>
/// <param name="Pool">What the pool holds, a sentence.</param>
internal sealed record Challenge(SeriesState Series, LiveModel Champion, long ReviewTicks, string Trigger, long[] Ticks, double[] Values, string Pool);
