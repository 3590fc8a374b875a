namespace Detector.Worker.Pipeline;

// What happens while the source has nothing to hand over, cannot hand it over, or has come to its end.
internal sealed partial class SourceLane
{
    private static readonly TimeSpan s_idleSweepEvery = TimeSpan.FromSeconds(1);

    /// <summary>How long a source may be stuck on what is held back for late samples before all of it is let go.</summary>
    private static readonly TimeSpan s_maxStuck = TimeSpan.FromSeconds(5);

    private readonly QuietTime _quiet = new(clock);
    private long _lastIdleSweep;
    private long _stuckSince;
    private bool _isCutOff;
    private bool _isOver;

    public void Idle()
    {
        bool hasRoom = Advance(clock.GetTimestamp(), CheckpointShare.Slice);
        long now = clock.GetTimestamp();
        // Where the input is over, nobody is expected to send.
        if (!hasRoom || _isCutOff || _isOver)
            _quiet.Interrupt(now);
        TimeSpan quiet = _quiet.Look(now);
        if (hasRoom && !_isCutOff && !_isOver)
            IdleDecoders(quiet);
        if (hasRoom)
            SweepIdle(quiet, now);
        _isCutOff = false;
    }

    public void CutOff() => _isCutOff = true;

    /// <summary>
    /// Lets go the samples of series that have fallen silent, and after a while all that are held back: their messages are what the source waits
    /// for, and they would wait for messages that the source cannot read. Samples that wait for a model are let go by its training.
    /// </summary>
    public void Exhausted()
    {
        long now = clock.GetTimestamp();
        // Messages are there, but cannot be begun: that none comes is no silence.
        _quiet.Interrupt(now);
        // What is published with the next checkpoint keeps its messages unfinished until then.
        if (checkpoints?.Transactions is not null)
            SaveSoon();
        if (IsHolding)
            return;
        if (_stuckSince == 0)
            _stuckSince = now;
        bool all = clock.GetElapsedTime(_stuckSince, now) >= s_maxStuck;
        foreach (SeriesState[] route in _routes.Values)
        {
            foreach (SeriesState series in route)
            {
                if (all || series.IsOverdue(counters.NewestTicks))
                    series.ReleaseHeld(now, this);
            }
        }
    }

    /// <summary>Takes what is held back for late samples: the input is over.</summary>
    public void EndOfInput()
    {
        _isOver = true;
        FinishDecoders();
        foreach (SeriesState[] route in _routes.Values)
        {
            foreach (SeriesState series in route)
                series.ReleaseHeld(clock.GetTimestamp(), this);
        }
    }

    /// <summary>Whether a series of this lane waits for a model that is being trained, or for its place in scoring.</summary>
    public bool IsHolding
    {
        get
        {
            if (!_ready.IsEmpty || _following.Count > 0)
                return true;
            foreach (SeriesState[] route in _routes.Values)
            {
                foreach (SeriesState series in route)
                {
                    if (series.IsHolding)
                        return true;
                }
            }

            return false;
        }
    }

    /// <summary>Time goes on without messages. What comes of it depends on no message, and is published even while messages are replayed in silence.</summary>
    private void IdleDecoders(TimeSpan quiet)
    {
        foreach (LanePartition partition in Decoding())
        {
            BeginWithoutMessage(partition);
            partition.Decoder!.Idle(this, quiet);
        }
    }

    /// <summary>Finds out who is silent because the whole source is.</summary>
    private void SweepIdle(TimeSpan quiet, long now)
    {
        if (clock.GetElapsedTime(_lastIdleSweep, now) < s_idleSweepEvery)
            return;
        _lastIdleSweep = _arrival = now;
        foreach (SeriesState[] route in _routes.Values)
        {
            foreach (SeriesState series in route)
                series.SweepIdle(quiet.Ticks, now, this);
        }
    }
}
