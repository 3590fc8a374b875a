using Detector.Models.Logs;

namespace Detector.Worker.Decoding.Logs;

/// <summary>The templates whose counts are features, fixed when learning ends.</summary>
internal sealed class LogSlots
{
    private readonly List<byte[]> _names = [];
    private readonly List<byte[]> _parameters = [];
    private readonly List<string> _ids = [];

    public int Count => _names.Count;

    public IReadOnlyList<string> Ids => _ids;

    public ReadOnlySpan<byte> Name(int slot) => _names[slot];

    /// <summary>Two a slot.</summary>
    public ReadOnlySpan<byte> ParameterName(int index) => _parameters[index];

    public void Add(LogTemplate template)
    {
        template.Pin();
        template.Slot = _names.Count;
        Add(template.Id);
    }

    /// <summary>Takes the commonest templates.</summary>
    public void Fill(TemplateMiner miner, int most)
    {
        foreach (LogTemplate template in miner.Templates.OrderByDescending(template => template.Count).ThenBy(template => template.Id, StringComparer.Ordinal).Take(most).ToArray())
            Add(template);
    }

    /// <summary>Takes the ids of an earlier run, in their order.</summary>
    public void Restore(TemplateMiner miner, IEnumerable<string> ids)
    {
        foreach (string id in ids)
        {
            if (miner.Find(id) is { Slot: < 0 } template)
            {
                template.Pin();
                template.Slot = _names.Count;
            }

            Add(id);
        }
    }

    private void Add(string id)
    {
        _ids.Add(id);
        _names.Add(LogFeatures.Template(id));
        _parameters.Add(LogFeatures.Parameter(id, 1));
        _parameters.Add(LogFeatures.Parameter(id, 2));
    }
}
