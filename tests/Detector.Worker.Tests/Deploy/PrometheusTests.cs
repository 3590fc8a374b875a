using System.Text.Json.Nodes;
using Detector.Tests.Support;
using Detector.Worker.Tests.Docs;

namespace Detector.Worker.Tests.Deploy;

/// <summary>The rules, by the tools of Prometheus and Alertmanager and by the metrics that there are.</summary>
public sealed class PrometheusTests : IDisposable
{
    private static readonly string[] s_rules = ["detector-recording.rules.yml", "detector-health.rules.yml", "detector-detections.rules.yml"];

    private readonly TemporaryDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    [Fact]
    public async Task Configuration_WithItsRules_IsAccepted()
    {
        ToolResult result = await ExternalTool.RunAsync("promtool", ["check", "config", Folder("prometheus.yml")]);
        Assert.True(result.ExitCode == 0, result.Output + result.Error);
    }

    [Fact]
    public async Task Rules_TheirCases_Hold()
    {
        ToolResult result = await ExternalTool.RunAsync("promtool", ["test", "rules", .. Directory.GetFiles(Folder("tests"))]);
        Assert.True(result.ExitCode == 0, result.Output + result.Error);
    }

    [Fact]
    public void Rules_EveryAlert_HasACaseInWhichItFiresAndOneInWhichItDoesNot()
    {
        JsonNode[] cases = [.. Directory.GetFiles(Folder("tests")).SelectMany(file => Yaml.Read("deploy", "prometheus", "tests", Path.GetFileName(file)))
            .SelectMany(document => document["tests"]!.AsArray()).SelectMany(test => test!["alert_rule_test"]!.AsArray()).OfType<JsonNode>()];
        string[] Named(bool firing) =>
            [.. cases.Where(test => test["exp_alerts"]!.AsArray().Count > 0 == firing).Select(test => (string)test["alertname"]!).Distinct().Order(StringComparer.Ordinal)];

        string[] alerts = [.. Rules().Select(rule => (string?)rule["alert"]).OfType<string>().Order(StringComparer.Ordinal)];
        Assert.NotEmpty(alerts);
        Assert.Equal(alerts, Named(firing: true));
        Assert.Equal(alerts, Named(firing: false));
    }

    [Fact]
    public void Rules_Metrics_Exist() => Assert.Empty(Rules().SelectMany(rule => NamedThings.UnknownMetrics((string)rule["expr"]!)));

    [Fact]
    public void Rules_OperationsGuide_TellsWhatToDoAboutEachAlert()
    {
        string guide = File.ReadAllText(RepositoryFiles.Path("docs", "operations.md"));
        Assert.All(Rules().Select(rule => (string?)rule["alert"]).OfType<string>(), alert => Assert.Contains($"`{alert}`", guide, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Alertmanager_Configuration_IsAccepted()
    {
        ToolResult result = await ExternalTool.RunAsync("amtool", ["check-config", RepositoryFiles.Path("deploy", "alertmanager", "alertmanager.yml")]);
        Assert.True(result.ExitCode == 0, result.Output + result.Error);
    }

    [Fact]
    public async Task Dashboard_Queries_AreValidAndOfMetricsThatExist()
    {
        JsonNode dashboard = JsonNode.Parse(await File.ReadAllTextAsync(RepositoryFiles.Path("deploy", "grafana", "detector.json"), TestContext.Current.CancellationToken))!;
        string[] queries = [.. dashboard["panels"]!.AsArray().SelectMany(panel => panel!["targets"]?.AsArray() ?? []).Select(target => (string)target!["expr"]!)];
        Assert.True(queries.Length > 20);
        Assert.Empty(queries.SelectMany(NamedThings.UnknownMetrics));
        string[] recorded = [.. Rules().Select(rule => (string?)rule["record"]).OfType<string>()];
        Assert.All(queries.Where(query => query.Contains(":detector_", StringComparison.Ordinal)), query => Assert.Contains(recorded, query.Contains));

        // As rules, since that is what promtool parses.
        var rules = new JsonObject { ["groups"] = new JsonArray(new JsonObject { ["name"] = "dashboard", ["rules"] = new JsonArray([.. queries.Select((query, i) =>
            new JsonObject { ["record"] = $"query:{i}", ["expr"] = query.Replace("$__rate_interval", "5m", StringComparison.Ordinal) })]) }) };
        ToolResult result = await ExternalTool.RunAsync("promtool", ["check", "rules", _directory.Write("dashboard.yml", rules.ToJsonString())]);
        Assert.True(result.ExitCode == 0, result.Output + result.Error);
    }

    private static IEnumerable<JsonNode> Rules() => s_rules.SelectMany(file => Yaml.Read("deploy", "prometheus", file))
        .SelectMany(document => document["groups"]!.AsArray()).SelectMany(group => group!["rules"]!.AsArray()).OfType<JsonNode>();

    private static string Folder(string name) => RepositoryFiles.Path("deploy", "prometheus", name);
}
