namespace Detector.Worker.Cli.Tune;

/// <summary>
/// Looks for a better candidate than the one it starts from, one setting after the other, from the best so far, until nothing near it is better, the
/// budget is spent, or enough were tried. It begins no candidate that may not end in time: one that takes as long as the longest so far.
/// </summary>
/// <param name="judge">Trains and judges a candidate; null when it yields no model.</param>
/// <param name="told">Told of every candidate that was judged, and whether it is the best so far.</param>
internal sealed class TuneSearch(
    Func<TuneCandidate, CancellationToken, TuneResult?> judge, TimeProvider clock, TimeSpan budget, int maxCandidates, Action<TuneResult, bool> told)
{
    /// <summary>Merit by which a candidate must be better: less is chance, and what was there stays.</summary>
    public const double LeastGain = 0.005;

    private readonly HashSet<TuneCandidate> _tried = [];
    private readonly List<TuneResult> _results = [];
    private readonly long _started = clock.GetTimestamp();
    private TimeSpan _longest;

    /// <summary>The candidates judged, in order.</summary>
    public IReadOnlyList<TuneResult> Results => _results;

    /// <summary>The best of them; null when none could be judged in time.</summary>
    public TuneResult? Best { get; private set; }

    /// <summary>Whether everything near the best candidate was tried.</summary>
    public bool IsExhausted { get; private set; }

    private TimeSpan Left => budget - clock.GetElapsedTime(_started);

    /// <exception cref="OperationCanceledException">The caller stopped it.</exception>
    public void Run(TuneCandidate start, CancellationToken stop)
    {
        Try(start, stop);
        if (Best is null)
            return;
        for (TuneResult? before = null; before != Best;)
        {
            before = Best;
            foreach (Func<TuneCandidate, IEnumerable<TuneCandidate>> axis in TuneSpace.Axes)
            {
                foreach (TuneCandidate candidate in axis(Best.Candidate))
                {
                    if (_tried.Contains(candidate))
                        continue;
                    if (_tried.Count == maxCandidates || Left < _longest)
                        return;
                    Try(candidate, stop);
                }
            }
        }

        IsExhausted = true;
    }

    private void Try(TuneCandidate candidate, CancellationToken stop)
    {
        _tried.Add(candidate);
        long started = clock.GetTimestamp();
        using var deadline = new CancellationTokenSource(Left > TimeSpan.Zero ? Left : TimeSpan.Zero, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(stop, deadline.Token);
        try
        {
            if (judge(candidate, either.Token) is { } result)
                Add(result);
        }
        catch (OperationCanceledException) when (!stop.IsCancellationRequested)
        {
            // The budget is spent: what was judged so far is the result.
        }

        TimeSpan taken = clock.GetElapsedTime(started);
        _longest = taken > _longest ? taken : _longest;
    }

    private void Add(TuneResult result)
    {
        _results.Add(result);
        bool better = Best is null || result.Merit > Best.Merit + LeastGain;
        if (better)
            Best = result;
        told(result, better);
    }
}
