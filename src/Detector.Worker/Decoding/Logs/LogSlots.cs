using Detector.Models.Logs;
using Detector.Worker.Contracts;

namespace Detector.Worker.Decoding.Logs;

/// <summary>The templates whose counts are features, fixed when learning ends.</summary>
internal sealed class LogSlots
{
    private readonly List<byte[]> _names = [];
    private readonly List<byte[]> _parameters = [];
    private readonly List<string> _ids = [];
    private readonly List<FeatureNote> _notes = [];
    private readonly Dictionary<string, FeatureNote> _byFeature = new(StringComparer.Ordinal);

    public int Count => _names.Count;

    public IReadOnlyList<string> Ids => _ids;

    public ReadOnlySpan<byte> Name(int slot) => _names[slot];

    /// <summary>What each was when learning ended, by the features that are made of it.</summary>
    public IReadOnlyDictionary<string, FeatureNote> Notes => _byFeature;

    public string Text(int slot) => _notes[slot].Template!;

    /// <summary>Two a slot.</summary>
    public ReadOnlySpan<byte> ParameterName(int index) => _parameters[index];

    /// <summary>Takes the commonest templates.</summary>
    public void Fill(TemplateMiner miner, int most)
    {
        foreach (LogTemplate template in miner.Templates.OrderByDescending(template => template.Count).ThenBy(template => template.Id, StringComparer.Ordinal).Take(most).ToArray())
        {
            template.Pin(Count);
            Add(template.Id, new FeatureNote(template.Text, [SafeText.Of(template.Example.Span)]));
        }
    }

    public void Save(BinaryWriter writer)
    {
        writer.Write(Count);
        for (int slot = 0; slot < Count; slot++)
        {
            writer.Write(_ids[slot]);
            SeriesNotes.Save(_notes[slot], writer);
        }
    }

    public void Load(BinaryReader reader)
    {
        for (int left = reader.ReadInt32(); left > 0; left--)
            Add(reader.ReadString(), SeriesNotes.Load(reader));
    }

    private void Add(string id, FeatureNote note)
    {
        _ids.Add(id);
        _notes.Add(note);
        _names.Add(LogFeatures.Template(id));
        _parameters.Add(LogFeatures.Parameter(id, 1));
        _parameters.Add(LogFeatures.Parameter(id, 2));
        _byFeature[LogFeatures.TemplatePrefix + id] = note;
        _byFeature[$"{LogFeatures.TemplatePrefix}{id}.1"] = note;
        _byFeature[$"{LogFeatures.TemplatePrefix}{id}.2"] = note;
    }
}
