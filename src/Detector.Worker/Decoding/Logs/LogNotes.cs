using Detector.Models.Logs;
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
    private readonly Dictionary<string, FeatureNote> _templates = new(StringComparer.Ordinal);
    private readonly Dictionary<(string Series, string Feature), List<(long Ticks, FeatureNote Note)>> _series = [];
    private readonly Queue<(string Series, string Feature)> _order = [];

    public FeatureNote? Find(string series, string feature, long ticks)
    {
        lock (_lock)
        {
            if (!_series.TryGetValue((series, feature), out List<(long Ticks, FeatureNote Note)>? notes))
                return _templates.GetValueOrDefault(feature);
            for (int i = notes.Count - 1; i >= 0; i--)
            {
                if (notes[i].Ticks <= ticks)
                    return notes[i].Note;
            }

            return null;
        }
    }

    /// <summary>What the counts of a template are of.</summary>
    public void Describe(string id, FeatureNote note)
    {
        lock (_lock)
        {
            _templates[LogFeatures.TemplatePrefix + id] = note;
            _templates[$"{LogFeatures.TemplatePrefix}{id}.1"] = note;
            _templates[$"{LogFeatures.TemplatePrefix}{id}.2"] = note;
        }
    }

    /// <summary>Template and example of a feature that counts lines of one kind.</summary>
    public static FeatureNote Of(LogTemplate template) => new(template.Text, [SafeText.Of(template.Example.Span)]);

    /// <summary>The text of the template behind a feature, or its name.</summary>
    public string TextOf(string id)
    {
        lock (_lock)
            return _templates.GetValueOrDefault(LogFeatures.TemplatePrefix + id)?.Template ?? id;
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
