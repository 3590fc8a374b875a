namespace Detector.Worker.Pipeline;

/// <summary>
/// For how long a source has had nothing to hand over, while the pipeline has taken all there was and was there to take more. Time in which nobody looked
/// does not count: behind a pause of the process, or a machine that had no time for it, whatever came meanwhile is still to be read. Owned by the source's thread.
/// </summary>
internal sealed class QuietTime(TimeProvider clock)
{
    /// <summary>Of the time between two looks no more counts. A source looks every few milliseconds, the slowest ten times a second.</summary>
    private static readonly TimeSpan s_mostBetweenLooks = TimeSpan.FromSeconds(1);

    private long? _lookedAt;
    private TimeSpan _quiet;

    /// <summary>A message is there, or may be there and cannot be had: the time begins anew.</summary>
    /// <param name="now">Clock reading.</param>
    public void Interrupt(long now) => (_lookedAt, _quiet) = (now, TimeSpan.Zero);

    /// <summary>There is no message.</summary>
    /// <param name="now">Clock reading.</param>
    /// <returns>For how long there was none.</returns>
    public TimeSpan Look(long now)
    {
        TimeSpan since = _lookedAt is { } before ? clock.GetElapsedTime(before, now) : TimeSpan.Zero;
        _quiet += since < s_mostBetweenLooks ? since : s_mostBetweenLooks;
        _lookedAt = now;
        return _quiet;
    }
}
