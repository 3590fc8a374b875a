using Detector.Models.Compute;

namespace Detector.Models.Logs.Sessions;

/// <summary>All views of one set of normal sessions.</summary>
internal sealed class SessionViews : IDisposable
{
    private readonly SessionVocabulary _vocabulary;
    private readonly ISessionView[] _views;

    public SessionViews(IReadOnlyList<ulong[]> sessions, SessionModelOptions options, ComputeDevice device, TimeProvider clock)
    {
        _vocabulary = new SessionVocabulary(sessions, options.MaxTransitions);
        SessionVector[] vectors = [.. sessions.Select(session => new SessionVector(_vocabulary, session))];
        bool Wanted(string name) => options.Views?.Contains(name) ?? true;
        var views = new List<ISessionView>();
        if (Wanted(NovelEvents.ViewName))
            views.Add(new NovelEvents());
        if (Wanted(SessionLength.ViewName))
            views.Add(new SessionLength(sessions));
        if (Wanted(CountVectors.ViewName))
            views.Add(new CountVectors(vectors, _vocabulary.Events, options.MaxPrototypes));
        if (Wanted(TransitionSurprise.ViewName))
            views.Add(new TransitionSurprise(_vocabulary));
        if (options.Network is not null && Wanted(SessionAutoencoder.ViewName))
            views.Add(new SessionAutoencoder(vectors, _vocabulary, options, device, clock));
        _views = [.. views];
    }

    public int Count => _views.Length;

    /// <summary>Known events.</summary>
    public int Events => _vocabulary.Events;

    public string Name(int view) => _views[view].Name;

    /// <param name="tails">What a view's score means, for the weights.</param>
    /// <param name="weights">Receives how much each event weighs, those unknown last; null when nobody asks.</param>
    public double[] Score(ulong[] session, TailProbability[]? tails, double[]? weights)
    {
        var vector = new SessionVector(_vocabulary, session);
        double[] scores = new double[_views.Length];
        for (int v = 0; v < _views.Length; v++)
        {
            double[]? own = weights is null ? null : new double[weights.Length];
            scores[v] = _views[v].Score(vector, own);
            double total = own?.Sum() ?? 0;
            for (int e = 0; total > 0 && e < weights!.Length; e++)
                weights[e] += own![e] / total * tails![v].Of(scores[v]);
        }

        return scores;
    }

    /// <summary>Events with their weights: those unknown, which share one weight, first, since they explain best; then the heaviest.</summary>
    public IEnumerable<(ulong Event, double Weight)> Heaviest(ulong[] session, double[] weights)
    {
        ulong[] unknown = [.. session.Where(id => _vocabulary.Place(id) == Events).Distinct()];
        return unknown.Select(id => (id, weights[^1] / unknown.Length))
            .Concat(_vocabulary.Ids.Select((id, place) => (id, weights[place])).OrderByDescending(pair => pair.Item2))
            .Where(pair => pair.Item2 > 0);
    }

    public void Dispose()
    {
        foreach (ISessionView view in _views)
            (view as IDisposable)?.Dispose();
    }
}
