using Detector.Models.Compute;

namespace Detector.Models.Logs.Sessions;

/// <summary>
/// Judges whole sessions (all events of a request, a block, a job) by what the trivial detectors see, events that are new, counts, length, and by what
/// they do not: transitions, and an autoencoder over counts and transitions. Each view's score becomes a probability under normal operation, and
/// their sum of evidence is held against a threshold, both from sessions that the judging model has not seen. Labels are never used.
/// </summary>
public sealed class SessionModel : IDisposable
{
    private const int MaxEvents = 5;

    private readonly SessionViews _views;
    private readonly TailProbability[] _tails;

    private SessionModel(SessionViews views, TailProbability[] tails, double threshold, int sessions)
    {
        _views = views;
        _tails = tails;
        Threshold = threshold;
        Sessions = sessions;
    }

    public double Threshold { get; }

    /// <summary>Sessions that it learned from.</summary>
    public int Sessions { get; }

    /// <param name="sessions">Normal sessions as event ids, in the order of time.</param>
    /// <exception cref="ArgumentException">Fewer sessions than folds can be made of.</exception>
    public static SessionModel Train(IReadOnlyList<ulong[]> sessions, SessionModelOptions options, ComputeDevice device, TimeProvider clock)
    {
        if (sessions.Count < 10 * options.Folds)
            throw new ArgumentException($"A session model needs at least {10 * options.Folds} sessions, and there are {sessions.Count}: let it learn longer.", nameof(sessions));
        double[][] scores = Honest(sessions, options, device, clock);
        SessionViews views = new(sessions, options, device, clock);
        TailProbability[] tails = [.. Enumerable.Range(0, views.Count).Select(view => new TailProbability(scores.Select(score => score[view])))];
        var combined = new TailProbability(scores.Select(score => Combine(score, tails)));
        return new SessionModel(views, tails, combined.Quantile(options.FalseAlarms), sessions.Count);
    }

    public SessionVerdict Judge(ulong[] session)
    {
        double[] weights = new double[_views.Events + 1];
        double[] scores = _views.Score(session, _tails, weights);
        var views = new Dictionary<string, double>(StringComparer.Ordinal);
        for (int v = 0; v < scores.Length; v++)
            views.Add(_views.Name(v), _tails[v].Of(scores[v]));
        double total = weights.Sum();
        IReadOnlyList<(ulong, double)> events = total > 0
            ? [.. _views.Heaviest(session, weights).Take(MaxEvents).Select(pair => (pair.Event, pair.Weight / total))]
            : [];
        return new SessionVerdict(Combine(scores, _tails), Threshold, views, events);
    }

    public void Dispose() => _views.Dispose();

    /// <summary>Scores of every session by a model of the others.</summary>
    private static double[][] Honest(IReadOnlyList<ulong[]> sessions, SessionModelOptions options, ComputeDevice device, TimeProvider clock)
    {
        double[][] scores = new double[sessions.Count][];
        for (int fold = 0; fold < options.Folds; fold++)
        {
            ulong[][] others = [.. sessions.Where((_, i) => i % options.Folds != fold)];
            using var views = new SessionViews(others, options, device, clock);
            for (int i = fold; i < sessions.Count; i += options.Folds)
                scores[i] = views.Score(sessions[i], null, null);
        }

        return scores;
    }

    private static double Combine(double[] scores, TailProbability[] tails)
    {
        double sum = 0;
        double most = 0;
        for (int v = 0; v < scores.Length; v++)
        {
            double evidence = tails[v].Of(scores[v]);
            sum += evidence;
            most = Math.Max(most, evidence);
        }

        return sum;
    }
}
