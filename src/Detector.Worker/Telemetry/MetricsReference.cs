using System.Globalization;
using System.Reflection;
using System.Text;
using Prometheus;

namespace Detector.Worker.Telemetry;

/// <summary>Every metric of the daemon with its type, labels and meaning, read off the families themselves.</summary>
internal static class MetricsReference
{
    /// <summary>The families, by name.</summary>
    public static IReadOnlyList<Collector> Families()
    {
        var found = new Dictionary<string, Collector>(StringComparer.Ordinal);
        Collect(new DetectorMetrics(Metrics.NewCustomRegistry()), found);
        return [.. found.Values.OrderBy(family => family.Name, StringComparer.Ordinal)];
    }

    public static string Markdown()
    {
        var text = new StringBuilder();
        text.Append("""
            # Metrics reference

            Written by `detector reference metrics`; a test fails when this file is not what the command prints. Units are base units. The labels
            `source`, `pipeline` and `sink` take the names of the configuration, all others a small fixed set of values; the key of a series is never a
            label. A histogram has the usual `_bucket`, `_sum` and `_count`. The metrics of the process (`process_…`, `dotnet_…`) come beside these.

            | metric | type | labels | meaning |
            |---|---|---|---|

            """);
        foreach (Collector family in Families())
        {
            string labels = string.Join(", ", family.LabelNames.Select(label => $"`{label}`"));
            text.Append(CultureInfo.InvariantCulture, $"| `{family.Name}` | {TypeOf(family)} | {labels} | {family.Help} |\n");
        }

        return text.ToString();
    }

    /// <summary>Looks through the fields of a holder of metrics, and of the holders in them.</summary>
    private static void Collect(object holder, Dictionary<string, Collector> found)
    {
        foreach (FieldInfo field in holder.GetType().GetFields(BindingFlags.Instance | BindingFlags.NonPublic | BindingFlags.Public))
        {
            if (field.GetValue(holder) is not { } value)
                continue;
            if (value is Collector family)
                found.TryAdd(family.Name, family);
            else if (value.GetType().Namespace == typeof(DetectorMetrics).Namespace && value.GetType().IsClass)
                Collect(value, found);
        }
    }

    private static string TypeOf(Collector family) => family switch
    {
        Counter => "counter",
        Gauge => "gauge",
        Histogram => "histogram",
        _ => throw new NotSupportedException($"{family.Name} is of type {family.GetType()}."),
    };
}
