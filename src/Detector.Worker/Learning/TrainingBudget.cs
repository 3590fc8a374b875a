namespace Detector.Worker.Learning;

/// <summary>
/// How much may be spent on retraining: so many seconds in an hour of the clock, and so few at once that none waits longer than its handover. Warm-ups are
/// not counted: without a model nothing is watched. Thread-safe.
/// </summary>
internal sealed class TrainingBudget(TimeProvider clock, int most)
{
    private static readonly TimeSpan s_hour = TimeSpan.FromHours(1);
    private readonly Lock _lock = new();
    private readonly Queue<(long At, TimeSpan Took)> _spent = [];
    private TimeSpan _sum;
    private int _waiting;

    /// <summary>Takes the place of one training, if there is one.</summary>
    /// <param name="seconds">Seconds in an hour that may be spent.</param>
    public bool TryTake(int seconds)
    {
        lock (_lock)
        {
            while (_spent.TryPeek(out (long At, TimeSpan Took) oldest) && clock.GetElapsedTime(oldest.At) > s_hour)
                _sum -= _spent.Dequeue().Took;
            if (_waiting >= most || _sum.TotalSeconds >= seconds)
                return false;
            _waiting++;
            return true;
        }
    }

    /// <summary>Takes the place of one training that is to be done in any case.</summary>
    public void Take()
    {
        lock (_lock)
            _waiting++;
    }

    /// <summary>Gives the place back.</summary>
    public void Spent(TimeSpan took)
    {
        lock (_lock)
        {
            _waiting--;
            _sum += took;
            _spent.Enqueue((clock.GetTimestamp(), took));
        }
    }
}
