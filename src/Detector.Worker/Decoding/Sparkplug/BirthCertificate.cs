using System.Diagnostics.CodeAnalysis;
using Detector.Worker.Contracts;

namespace Detector.Worker.Decoding.Sparkplug;

/// <summary>The metrics that an edge node or device has announced, and where its edge node's sequence stands.</summary>
internal sealed class BirthCertificate
{
    private readonly Dictionary<ulong, BornMetric> _byAlias = [];
    private readonly Dictionary<byte[], BornMetric> _byName = new(Utf8Comparer.Instance);

    /// <summary>Number of the newest message; -1 before the first.</summary>
    public int Sequence { get; set; } = -1;

    /// <summary>When it was last asked for, as a count of such moments.</summary>
    public long Used { get; set; }

    /// <summary>Metrics declared.</summary>
    public int Count => Math.Max(_byName.Count, _byAlias.Count);

    /// <summary>Declares a metric; of two with one name or alias the later counts.</summary>
    public void Add(byte[] name, ulong? alias, MetricType type)
    {
        var metric = new BornMetric(name, type);
        _byName[name] = metric;
        if (alias is { } number)
            _byAlias[number] = metric;
    }

    /// <summary>Saves the metrics. Where the sequence stood says nothing after a pause.</summary>
    public void Save(BinaryWriter writer)
    {
        writer.Write(_byName.Count);
        foreach (BornMetric metric in _byName.Values)
        {
            writer.Write<byte>(metric.Name);
            writer.Write((int)metric.Type);
        }

        writer.Write(_byAlias.Count);
        foreach ((ulong alias, BornMetric metric) in _byAlias)
        {
            writer.Write(alias);
            writer.Write<byte>(metric.Name);
            writer.Write((int)metric.Type);
        }
    }

    public static BirthCertificate Load(BinaryReader reader)
    {
        var certificate = new BirthCertificate();
        for (int left = reader.ReadInt32(); left > 0; left--)
            certificate.Add(reader.ReadArray<byte>(), null, (MetricType)reader.ReadInt32());
        for (int left = reader.ReadInt32(); left > 0; left--)
        {
            ulong alias = reader.ReadUInt64();
            certificate.Add(reader.ReadArray<byte>(), alias, (MetricType)reader.ReadInt32());
        }

        return certificate;
    }

    public void Clear()
    {
        _byAlias.Clear();
        _byName.Clear();
    }

    public bool TryGet(ulong alias, [MaybeNullWhen(false)] out BornMetric metric) => _byAlias.TryGetValue(alias, out metric);

    public bool TryGet(ReadOnlySpan<byte> name, [MaybeNullWhen(false)] out BornMetric metric) =>
        _byName.GetAlternateLookup<ReadOnlySpan<byte>>().TryGetValue(name, out metric);
}
