using System.Runtime.InteropServices;
using Detector.Worker.Contracts;

namespace Detector.Worker.Decoding.Logs;

/// <summary>
/// Which template followed which in a series. A pair that never came says something only where chance would have brought it by now: of two rare
/// templates one follows the other for the first time all the while.
/// </summary>
internal sealed class Transitions
{
    /// <summary>Pairs, and templates, that are remembered; more say nothing.</summary>
    private const int Most = 16_384;

    /// <summary>How often two independent templates would have followed each other: where it is 5, none at all has a chance of e⁻⁵ = 0.7 %.</summary>
    private const double Expected = 5;

    private readonly HashSet<ulong> _pairs = [];
    private readonly Dictionary<ulong, long> _lines = [];
    private long _total;
    private ulong _last;

    /// <summary>Takes a line's template.</summary>
    /// <returns>Whether it follows one that it never followed, although by chance it would have, <see cref="Expected"/> times.</returns>
    public bool Add(ulong template)
    {
        bool isNew = _pairs.Count < Most && _pairs.Add((_last * 0x9E3779B97F4A7C15) ^ template);
        double product = (double)_lines.GetValueOrDefault(_last) * _lines.GetValueOrDefault(template);
        bool surprising = isNew && product >= Expected * _total;
        if (_lines.Count < Most || _lines.ContainsKey(template))
            CollectionsMarshal.GetValueRefOrAddDefault(_lines, template, out _)++;
        _total++;
        _last = template;
        return surprising;
    }

    public void Save(BinaryWriter writer)
    {
        writer.Write(_last);
        writer.Write(_total);
        writer.Write<ulong>([.. _pairs]);
        writer.Write<ulong>([.. _lines.Keys]);
        writer.Write<long>([.. _lines.Values]);
    }

    public void Load(BinaryReader reader)
    {
        _last = reader.ReadUInt64();
        _total = reader.ReadInt64();
        _pairs.UnionWith(reader.ReadArray<ulong>());
        ulong[] templates = reader.ReadArray<ulong>();
        long[] lines = reader.ReadArray<long>();
        for (int i = 0; i < templates.Length; i++)
            _lines.Add(templates[i], lines[i]);
    }
}
