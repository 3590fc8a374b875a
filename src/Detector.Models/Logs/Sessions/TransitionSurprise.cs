namespace Detector.Models.Logs.Sessions;

/// <summary>The least expected of the transitions from one event to the next, start and end among them: −log2 of its probability, smoothed.</summary>
internal sealed class TransitionSurprise : ISessionView
{
    public const string ViewName = "transitions";

    private readonly SessionVocabulary _vocabulary;
    private readonly Dictionary<int, int> _from = [];

    public TransitionSurprise(SessionVocabulary vocabulary)
    {
        _vocabulary = vocabulary;
        foreach (((int from, int _), int count) in vocabulary.Counts)
            _from[from] = _from.GetValueOrDefault(from) + count;
    }

    public string Name => ViewName;

    public double Score(SessionVector session, double[]? weights)
    {
        double most = 0;
        int place = 0;
        foreach ((int From, int To) transition in _vocabulary.Transitions(session.Events))
        {
            // An event that is not known has no transitions: that it is new says another view.
            if (transition.From == _vocabulary.Events || transition.To == _vocabulary.Events)
                continue;
            double surprise = Math.Log2((_from.GetValueOrDefault(transition.From) + 1.0) / (_vocabulary.Counts.GetValueOrDefault(transition) + 0.5));
            if (surprise <= most)
                continue;
            most = surprise;
            place = transition.To < _vocabulary.Events ? transition.To : transition.From;
        }

        if (weights is not null && place < _vocabulary.Events)
            weights[place] += most;
        return Math.Max(0, most);
    }
}
