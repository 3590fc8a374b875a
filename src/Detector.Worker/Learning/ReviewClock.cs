namespace Detector.Worker.Learning;

/// <summary>
/// When the model of a series is reviewed, in event time: on a grid that is shifted by the series' name, so that not all are at once. A review is answered by
/// the end of its handover; samples after that wait for the answer. Owned by the source's thread.
/// </summary>
/// <param name="isCommon">Whether the places of the grid itself count, which are those of other series too, instead of the first sample after each.</param>
internal sealed class ReviewClock(RetrainOptions options, int seed, bool isCommon = false)
{
    private readonly long _every = options.Review.Ticks;
    private readonly long _shift = (uint)seed % options.Review.Ticks;
    private long _next; // 0 before the first sample
    private volatile bool _asked;

    /// <summary>Event time of the review that is not answered yet; 0 when there is none.</summary>
    public long Pending { get; private set; }

    /// <summary>Whether somebody wanted the pending review.</summary>
    public bool IsCommanded { get; private set; }

    /// <summary>Somebody wants a review at the next sample. Any thread.</summary>
    public void Ask() => _asked = true;

    /// <summary>Whether a sample is the first of a new review; then the review is pending.</summary>
    public bool IsDue(long ticks)
    {
        if (_next == 0)
            _next = NextAfter(ticks);
        if (Pending != 0 || (ticks < _next && (isCommon || !_asked)))
            return false;
        IsCommanded = _asked;
        _asked = false;
        _next = NextAfter(ticks);
        Pending = isCommon ? _next - _every : ticks;
        return true;
    }

    /// <summary>Whether a sample comes after the handover of the pending review.</summary>
    public bool NeedsAnswer(long ticks) => Pending != 0 && ticks - Pending > options.Handover.Ticks;

    public void Answered() => Pending = 0;

    public void Save(BinaryWriter writer)
    {
        writer.Write(_next);
        writer.Write(Pending);
    }

    public void Load(BinaryReader reader) => (_next, Pending) = (reader.ReadInt64(), reader.ReadInt64());

    private long NextAfter(long ticks) => ticks - ((ticks - _shift) % _every) + _every;
}
