namespace Detector.Worker.Pipeline;

/// <summary>A model that is to be learned anew and held against the one in service.</summary>
/// <param name="Champion">The model in service.</param>
/// <param name="ReviewTicks">Event time of the review that wants it.</param>
/// <param name="Trigger">Why: <c>schedule</c>, <c>drift</c>, <c>new normal</c>, <c>features</c> or <c>command</c>.</param>
/// <param name="Shares">The pools of the series that the model is for, in one order for the same series.</param>
/// <param name="Pool">What the pool holds, a sentence.</param>
internal sealed record Challenge(SeriesState Series, LiveModel Champion, long ReviewTicks, string Trigger, IReadOnlyList<GroupShare> Shares, string Pool)
{
    /// <summary>Features that it is to know; null for those of the champion. The pools may hold more.</summary>
    public IReadOnlyList<string>? Features { get; init; }

    /// <summary>Tells those who wait for it.</summary>
    /// <param name="next">The model that takes over; null when the champion stays.</param>
    public void Answer(LiveModel? next)
    {
        if (Series.Pipeline.Shared is { } shared)
            shared.Decided(ReviewTicks, next);
        else
            Series.Answer(new ReviewAnswer(ReviewTicks, next));
    }
}
