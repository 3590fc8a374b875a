using System.Diagnostics.CodeAnalysis;

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

    public void Clear()
    {
        _byAlias.Clear();
        _byName.Clear();
    }

    public bool TryGet(ulong alias, [MaybeNullWhen(false)] out BornMetric metric) => _byAlias.TryGetValue(alias, out metric);

    public bool TryGet(ReadOnlySpan<byte> name, [MaybeNullWhen(false)] out BornMetric metric) =>
        _byName.GetAlternateLookup<ReadOnlySpan<byte>>().TryGetValue(name, out metric);
}
