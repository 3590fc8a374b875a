namespace Prometheus;

/// <summary>Labels with fixed values, given to a registry or a factory and added behind each series' own.</summary>
internal sealed class StaticLabels(string[] names, string[] values)
{
    public static readonly StaticLabels None = new([], []);

    public string[] Names { get; } = names;

    public string[] Values { get; } = values;

    public static StaticLabels From(IDictionary<string, string> labels)
    {
        Collector.RefuseNulls(labels.Keys.ToArray());
        Collector.RefuseNulls(labels.Values.ToArray());
        return new([.. labels.Keys], [.. labels.Values]);
    }

    public StaticLabels Then(StaticLabels outer) => new([.. Names, .. outer.Names], [.. Values, .. outer.Values]);

    public bool SameAs(StaticLabels other) => Names.AsSpan().SequenceEqual(other.Names) && Values.AsSpan().SequenceEqual(other.Values);

    public IEnumerable<KeyValuePair<string, string>> Pairs() => Names.Zip(Values, KeyValuePair.Create);
}
