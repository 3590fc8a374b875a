using Detector.Models.Logs;
using Detector.Worker.Contracts;

namespace Detector.Worker.Decoding.Logs;

/// <summary>What the lines of one series have to show, feature by feature: the latest of them. Handed on with the sample of the bucket that they came in.</summary>
internal sealed class SeriesNotes
{
    private const int MaxExamples = 3;

    /// <summary>Notes of a feature that are saved: samples that wait for their model are judged after a restart, with what belongs to them.</summary>
    private const int MaxSaved = 64;

    private readonly Dictionary<string, FeatureNote> _latest = new(StringComparer.Ordinal);
    private readonly HashSet<string> _touched = new(StringComparer.Ordinal);

    /// <summary>Shows a line with a feature of the open bucket, behind those of before.</summary>
    /// <param name="line">Escaped.</param>
    public void Show(string feature, string? template, string line)
    {
        IReadOnlyList<string> before = _latest.TryGetValue(feature, out FeatureNote? note) ? note.Examples : [];
        Set(feature, new FeatureNote(template, [.. before.Skip(before.Count - MaxExamples + 1), line]));
    }

    public void Show(ReadOnlySpan<byte> feature, LogTemplate template, ReadOnlySpan<byte> line) =>
        Show(System.Text.Encoding.UTF8.GetString(feature), template.Text, SafeText.Of(line));

    /// <summary>Shows these and nothing of before.</summary>
    public void Show(ReadOnlySpan<byte> feature, IEnumerable<string> texts) =>
        Set(System.Text.Encoding.UTF8.GetString(feature), new FeatureNote(null, [.. texts.Take(MaxExamples)]));

    /// <summary>The bucket is over: hands on what it has shown.</summary>
    /// <param name="ticks">Event time of its sample.</param>
    public void HandOn(LogNotes notes, string series, long ticks)
    {
        foreach (string feature in _touched)
            notes.Add(series, feature, ticks, _latest[feature]);
        _touched.Clear();
    }

    public void Save(BinaryWriter writer, LogNotes notes, string series)
    {
        writer.Write(_latest.Count);
        foreach ((string feature, FeatureNote note) in _latest)
        {
            writer.Write(feature);
            writer.Write(_touched.Contains(feature));
            Save(note, writer);
            IReadOnlyList<(long Ticks, FeatureNote Note)> before = notes.Latest(series, feature, MaxSaved);
            writer.Write(before.Count);
            foreach ((long ticks, FeatureNote handedOn) in before)
            {
                writer.Write(ticks);
                Save(handedOn, writer);
            }
        }
    }

    public void Load(BinaryReader reader, LogNotes notes, string series)
    {
        for (int left = reader.ReadInt32(); left > 0; left--)
        {
            string feature = reader.ReadString();
            bool touched = reader.ReadBoolean();
            _latest[feature] = Load(reader);
            if (touched)
                _touched.Add(feature);
            for (int before = reader.ReadInt32(); before > 0; before--)
                notes.Add(series, feature, reader.ReadInt64(), Load(reader));
        }
    }

    public static void Save(FeatureNote note, BinaryWriter writer)
    {
        writer.Write(note.Template is not null);
        writer.Write(note.Template ?? "");
        writer.Write(note.Examples.Count);
        foreach (string example in note.Examples)
            writer.Write(example);
    }

    public static FeatureNote Load(BinaryReader reader)
    {
        bool named = reader.ReadBoolean();
        string template = reader.ReadString();
        string[] examples = new string[reader.ReadInt32()];
        foreach (ref string example in examples.AsSpan())
            example = reader.ReadString();
        return new FeatureNote(named ? template : null, examples);
    }

    private void Set(string feature, FeatureNote note)
    {
        _latest[feature] = note;
        _touched.Add(feature);
    }
}
