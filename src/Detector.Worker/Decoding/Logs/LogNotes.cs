using System.Collections.Concurrent;
using Detector.Models.Logs;
using Detector.Worker.Contracts;

namespace Detector.Worker.Decoding.Logs;

/// <summary>Templates and example lines behind the features, for alerts. Written by the source's thread, read by any. Everything in it is escaped.</summary>
internal sealed class LogNotes : IFeatureNotes
{
    private const int MaxExamples = 3;

    private readonly ConcurrentDictionary<string, FeatureNote> _templates = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<(string Series, string Feature), FeatureNote> _series = new();

    public FeatureNote? Find(string series, string feature) =>
        _series.TryGetValue((series, feature), out FeatureNote? note) || _templates.TryGetValue(feature, out note) ? note : null;

    /// <summary>What a template looks like now.</summary>
    public void Describe(string id, LogTemplate template)
    {
        FeatureNote note = new(template.Text, [SafeText.Of(template.Example.Span)]);
        _templates[LogFeatures.TemplatePrefix + id] = note;
        _templates[$"{LogFeatures.TemplatePrefix}{id}.1"] = note;
        _templates[$"{LogFeatures.TemplatePrefix}{id}.2"] = note;
    }

    /// <summary>A line that is worth showing whenever a feature of its series alerts.</summary>
    public void Show(string series, ReadOnlySpan<byte> feature, string? template, ReadOnlySpan<byte> line) =>
        Show(series, System.Text.Encoding.UTF8.GetString(feature), template, SafeText.Of(line));

    /// <param name="line">Escaped.</param>
    public void Show(string series, string feature, string? template, string line)
    {
        IReadOnlyList<string> before = _series.TryGetValue((series, feature), out FeatureNote? note) ? note.Examples : [];
        _series[(series, feature)] = new FeatureNote(template, [.. before.Skip(before.Count - MaxExamples + 1), line]);
    }

    /// <summary>The heartbeats that are missing in a series.</summary>
    public void Missing(string series, IEnumerable<int> missing, LogSlots slots) =>
        _series[(series, System.Text.Encoding.UTF8.GetString(LogFeatures.Heartbeats))] =
            new FeatureNote(null, [.. missing.Take(MaxExamples).Select(slot => _templates.TryGetValue(LogFeatures.TemplatePrefix + slots.Ids[slot], out FeatureNote? note) ? note.Template! : slots.Ids[slot])]);
}
