namespace Detector.Models.Logs.Sessions;

/// <summary>The events of normal sessions and the commonest transitions between them, each with its place in a vector.</summary>
internal sealed class SessionVocabulary
{
    private readonly Dictionary<ulong, int> _events = [];
    private readonly Dictionary<(int From, int To), int> _transitions = [];

    public SessionVocabulary(IReadOnlyList<ulong[]> sessions, int maxTransitions)
    {
        foreach (ulong id in sessions.SelectMany(session => session).Distinct().Order())
            _events.Add(id, _events.Count);
        Ids = [.. _events.Keys];
        var counts = new Dictionary<(int, int), int>();
        foreach (ulong[] session in sessions)
        {
            foreach ((int, int) transition in Transitions(session))
                counts[transition] = counts.GetValueOrDefault(transition) + 1;
        }

        Counts = counts;
        foreach (((int, int) transition, _) in counts.OrderByDescending(pair => pair.Value).ThenBy(pair => pair.Key).Take(maxTransitions))
            _transitions.Add(transition, _transitions.Count);
    }

    /// <summary>Events, in the order of their places.</summary>
    public IReadOnlyList<ulong> Ids { get; }

    /// <summary>Known events; the place of one that is not known, and of the start and end in transitions.</summary>
    public int Events => _events.Count;

    /// <summary>How often one event followed another.</summary>
    public IReadOnlyDictionary<(int From, int To), int> Counts { get; }

    /// <summary>Values of a vector: counts of events, then of transitions.</summary>
    public int Size => _events.Count + _transitions.Count;

    public int Place(ulong id) => _events.GetValueOrDefault(id, Events);

    public int? Place((int From, int To) transition) => _transitions.TryGetValue(transition, out int place) ? Events + place : null;

    /// <summary>Pairs of neighbouring places; the session's start and end are the place behind the last event, plus one.</summary>
    public IEnumerable<(int From, int To)> Transitions(ulong[] session)
    {
        int from = Events + 1;
        foreach (ulong id in session)
        {
            int to = Place(id);
            yield return (from, to);
            from = to;
        }

        yield return (from, Events + 1);
    }
}
