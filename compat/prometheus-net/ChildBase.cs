namespace Prometheus;

/// <summary>One series of a metric: its label values, and whether it is exported.</summary>
public abstract class ChildBase : ICollectorChild, IDisposable
{
    private readonly Collector _parent;
    private readonly string[] _labelValues;
    private byte[]? _labelBytes;
    private volatile bool _published;

    internal ChildBase(Collector parent, string[] labelValues, bool publish)
    {
        _parent = parent;
        _labelValues = labelValues;
        _published = publish;
    }

    internal bool IsPublished => _published;

    internal string Name => _parent.Name;

    // Written out and escaped once, at the first scrape.
    internal ReadOnlySpan<byte> LabelBytes => _labelBytes ??= TextExposition.Encode(
        [.. _parent.LabelNames.Take(_labelValues.Length), .. _parent.StaticLabels.Names],
        [.. _labelValues, .. _parent.StaticLabels.Values]);

    /// <summary>Exports the series from now on, whatever its value.</summary>
    public void Publish() => _published = true;

    /// <summary>Holds the series back until it is published or set again.</summary>
    public void Unpublish() => _published = false;

    /// <summary>Takes the series out of its metric; its value is lost.</summary>
    public void Remove() => _parent.RemoveChild(_labelValues);

    public void Dispose() => Remove();

    internal abstract void WriteTo(TextExposition text);
}
