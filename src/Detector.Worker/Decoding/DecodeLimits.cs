namespace Detector.Worker.Decoding;

/// <summary>What a decoder lets through.</summary>
/// <param name="MaxMessageBytes">Longer messages are dropped unread.</param>
/// <param name="EarliestTicks">Earlier event times are dropped, in UTC ticks.</param>
/// <param name="MaxFuture">Event times further ahead of the clock are dropped.</param>
/// <param name="Clock">This machine's clock.</param>
internal sealed record DecodeLimits(int MaxMessageBytes, long EarliestTicks, TimeSpan MaxFuture, TimeProvider Clock)
{
    /// <summary>This moment, in UTC ticks.</summary>
    public long NowTicks() => Clock.GetUtcNow().UtcTicks;

    /// <summary>The latest event time that is let through at a moment.</summary>
    public long LatestTicks(long now) => MaxFuture.Ticks > DateTime.MaxValue.Ticks - now ? DateTime.MaxValue.Ticks : now + MaxFuture.Ticks;
}
