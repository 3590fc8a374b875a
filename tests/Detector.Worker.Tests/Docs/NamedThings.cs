using System.Text.RegularExpressions;
using Detector.Worker.Telemetry;
using Prometheus;

namespace Detector.Worker.Tests.Docs;

/// <summary>What texts name: metrics, commands, keys.</summary>
internal static partial class NamedThings
{
    private static readonly HashSet<string> s_metrics = [.. MetricsReference.Families().SelectMany(Names)];

    /// <summary>The metrics of a text that the daemon does not have.</summary>
    public static IReadOnlyList<string> UnknownMetrics(string text) =>
        [.. Metric().Matches(text).Select(match => match.Value).Distinct(StringComparer.Ordinal).Where(name => !s_metrics.Contains(name))];

    /// <summary>The texts that people read: Markdown, and what is to be deployed with its comments.</summary>
    public static IEnumerable<string> Documents() =>
    [
        RepositoryFiles.Path("README.md"), .. Directory.GetFiles(RepositoryFiles.Path("docs"), "*.md"),
        .. Directory.GetFiles(RepositoryFiles.Path("deploy"), "*", SearchOption.AllDirectories).Where(file => Path.GetExtension(file) != ".json" || file.Contains("compose", StringComparison.Ordinal)),
        .. Directory.GetFiles(RepositoryFiles.Path("configs")),
    ];

    private static IEnumerable<string> Names(Collector family) => family is Histogram
        ? [family.Name, $"{family.Name}_bucket", $"{family.Name}_sum", $"{family.Name}_count"]
        : [family.Name];

    // Not the names of recording rules, which have a colon in front, nor those of headers, tests and files.
    [GeneratedRegex(@"(?<![\w:./-])detector_[a-z0-9_]+(?![\w:./*-]*[:*…])")]
    private static partial Regex Metric();
}
