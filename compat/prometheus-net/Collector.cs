using System.Text.RegularExpressions;

namespace Prometheus;

/// <summary>A named metric with its help, its label names and the rules for both names.</summary>
public abstract partial class Collector
{
    private readonly string[] _labelNames;

    internal Collector(string name, string help, string[] labelNames, StaticLabels staticLabels)
    {
        if (!ValidName().IsMatch(name))
            throw new ArgumentException($"Metric name '{name}' is not of the form {ValidNamePattern}.");

        Name = name;
        Help = help;
        StaticLabels = staticLabels;
        _labelNames = [.. labelNames];

        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var label in _labelNames.Concat(staticLabels.Names))
        {
            RequireLabelName(label);
            if (!seen.Add(label))
                throw new InvalidOperationException($"Label name '{label}' of metric '{name}' is given more than once.");
        }
    }

    public string Name { get; }

    public string Help { get; }

    /// <summary>The names whose values <c>WithLabels</c> asks for; static labels are not among them.</summary>
    public string[] LabelNames => _labelNames;

    internal StaticLabels StaticLabels { get; }

    internal abstract MetricType Type { get; }

    internal abstract int ChildCount { get; }

    internal abstract int TimeseriesCount { get; }

    internal abstract void WriteTo(TextExposition text, bool withDeclaration);

    internal abstract void RemoveChild(ReadOnlySpan<string> labelValues);

    internal static void RequireLabelName(string label)
    {
        if (!ValidName().IsMatch(label))
            throw new ArgumentException($"Label name '{label}' is not of the form {ValidNamePattern}.");
        if (label.StartsWith("__", StringComparison.Ordinal))
            throw new ArgumentException($"Label name '{label}' starts with two underscores, which Prometheus keeps for itself.");
    }

    internal static void RefuseNulls(ReadOnlySpan<string> namesOrValues)
    {
        foreach (var item in namesOrValues)
        {
            if (item is null) throw new NotSupportedException("A label name or value is null; use an empty string for a label without a value.");
        }
    }

    private const string ValidNamePattern = "^[a-zA-Z_][a-zA-Z0-9_]*$";

    [GeneratedRegex(ValidNamePattern)]
    private static partial Regex ValidName();
}
