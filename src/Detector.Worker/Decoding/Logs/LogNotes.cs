using Detector.Worker.Contracts;

namespace Detector.Worker.Decoding.Logs;

/// <summary>
/// Templates and example lines behind the features, for alerts. Written by the source's thread, read by any. The source is ahead of those who judge, so
/// every note has the time of the sample it belongs to, and who asks gets the one of his sample, whatever has come since. Everything in it is escaped.
/// </summary>
internal sealed class LogNotes : IFeatureNotes
{
    /// <summary>Notes of series that are kept, the oldest forgotten first: as many as samples can be on their way to be judged.</summary>
    private const int MaxNotes = 16_384;

    private readonly Lock _lock = new();
    private readonly Dictionary<string, IReadOnlyDictionary<string, FeatureNote>> _templates = new(StringComparer.Ordinal);
    private readonly Dictionary<(string Series, string Feature), List<(long Ticks, FeatureNote Note)>> _series = [];
    private readonly Queue<(string Series, string Feature)> _order = [];

    public FeatureNote? Find(string series, string feature, long ticks)
    {
        lock (_lock)
        {
            if (!_series.TryGetValue((series, feature), out List<(long Ticks, FeatureNote Note)>? notes))
                return _templates.TryGetValue(series, out IReadOnlyDictionary<string, FeatureNote>? templates) ? templates.GetValueOrDefault(feature) : null;
            for (int i = notes.Count - 1; i >= 0; i--)
            {
                if (notes[i].Ticks <= ticks)
                    return notes[i].Note;
            }

            return null;
        }
    }

    /// <summary>What the features of a series that count templates are of.</summary>
    /// <param name="templates">By feature; not changed any more.</param>
    public void Describe(string series, IReadOnlyDictionary<string, FeatureNote> templates)
    {
        lock (_lock)
            _templates[series] = templates;
    }

    /// <summary>The latest notes of a feature, so many at most, in order.</summary>
    public IReadOnlyList<(long Ticks, FeatureNote Note)> Latest(string series, string feature, int most)
    {
        lock (_lock)
            return _series.TryGetValue((series, feature), out List<(long Ticks, FeatureNote Note)>? notes) ? [.. notes.TakeLast(most)] : [];
    }

    /// <summary>Adds what is to be shown with a sample of a series and those after it.</summary>
    /// <param name="ticks">Event time of the sample.</param>
    public void Add(string series, string feature, long ticks, FeatureNote note)
    {
        lock (_lock)
        {
            if (!_series.TryGetValue((series, feature), out List<(long Ticks, FeatureNote Note)>? notes))
                _series.Add((series, feature), notes = []);
            notes.Add((ticks, note));
            _order.Enqueue((series, feature));
            while (_order.Count > MaxNotes)
                Forget(_order.Dequeue());
        }
    }

    private void Forget((string Series, string Feature) key)
    {
        List<(long Ticks, FeatureNote Note)> notes = _series[key];
        notes.RemoveAt(0);
        if (notes.Count == 0)
            _series.Remove(key);
    }
}
