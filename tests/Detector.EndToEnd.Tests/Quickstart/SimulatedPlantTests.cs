using System.Text.RegularExpressions;
using Detector.Tests.Support;
using Detector.Worker.Cli;

namespace Detector.EndToEnd.Tests.Quickstart;

/// <summary>The quickstart on its simulated plant, off a terminal, from its first line to its summary.</summary>
public sealed partial class SimulatedPlantTests
{
    /// <summary>Real time until the third fault is 47 s and a training takes some: a busy machine has room.</summary>
    private static readonly TimeSpan s_timeout = TimeSpan.FromMinutes(2);

    private static readonly string[] s_families =
    [
        "detector_messages_total", "detector_messages_dropped_total", "detector_samples_total", "detector_windows_scored_total", "detector_alerts_total",
        "detector_anomalous_windows_total", "detector_score", "detector_threshold", "detector_series", "detector_episodes_open", "detector_end_to_end_latency_seconds",
        "detector_training_duration_seconds", "detector_stage_duration_seconds", "detector_queue_length", "detector_build_info",
    ];

    [Fact]
    public async Task Quickstart_SimulatedPlant_FindsFaultsAndShowsThemToEveryClient()
    {
        // Longer than the test looks on: it ends with a signal, in the middle of the stream. The shell of a background job ignores SIGINT: env takes that back.
        await using ExternalTool quickstart = ExternalTool.Start(
            "env", ["--default-signal=INT", "dotnet", Path.Combine(AppContext.BaseDirectory, "detector.dll"), "quickstart", "--minutes", "3", "--port", "0"]);
        await quickstart.WaitForTextAsync("Metrics  http", s_timeout);
        string broker = BrokerLine().Match(quickstart.Output).Groups[1].Value;
        using var endpoint = new Scrape(new Uri(MetricsLine().Match(quickstart.Output).Groups[1].Value));

        foreach (string pump in (string[])["pump-1", "pump-2", "pump-3", "pump-4"])
            await quickstart.WaitForTextAsync($"{pump}: watching", s_timeout);
        foreach (string pump in (string[])["pump-1", "pump-2"])
            await quickstart.WaitForTextAsync($"FIRING   {pump}", s_timeout);

        await CheckAlertsAsync(broker, quickstart);
        await CheckEndpointAsync(endpoint);
        await Signal.SendAsync(quickstart, "INT");
        ToolResult result = await quickstart.ExitAsync(s_timeout);
        Assert.True(result.ExitCode == ExitCodes.Ok, result.Output + result.Error);
        CheckSummary(result.Output);
        Assert.DoesNotContain('\e', result.Output);
    }

    private static async Task CheckAlertsAsync(string broker, ExternalTool quickstart)
    {
        IReadOnlyList<TopicMessage> alerts = await KcatTopic.ReadAsync(broker, "anomaly-alerts");
        Assert.True(alerts.Count >= 2, quickstart.Output);
        Assert.All(alerts, alert =>
        {
            string id = alert.Json.GetProperty("id").GetString()!;
            Assert.Matches("^[0-9a-f]{32}$", id);
            Assert.Equal(alert.Key, alert.Json.GetProperty("series").GetString());
            Assert.Equal($"{id}-{alert.Json.GetProperty("revision")}", alert.Headers["ce_id"]);
            Assert.Equal("1.0", alert.Headers["ce_specversion"]);
            Assert.Equal("/detector/pipelines/quickstart", alert.Headers["ce_source"]);
            string kind = alert.Json.GetProperty("kind").GetString() == "quality" ? "quality" : "alert"; // a sensor may be stuck by then
            Assert.Equal($"io.detector.{kind}.{alert.Json.GetProperty("state").GetString()}", alert.Headers["ce_type"]);
            Assert.Equal(alert.Key, alert.Headers["ce_subject"]);
            Assert.Equal("application/json", alert.Headers["content-type"]);
        });

        // Each alert that was shown is one on the topic: series, state and the second it was raised.
        string[] shown = [.. FiringLine().Matches(quickstart.Output).Select(match => $"{match.Groups[1].Value} {match.Groups[2].Value}")];
        string[] published = [.. alerts.Where(alert => alert.Headers["ce_type"].EndsWith(".firing", StringComparison.Ordinal)).Select(alert =>
            $"{alert.Key} {alert.Json.GetProperty("updatedAt").GetDateTimeOffset():yyyy-MM-dd HH:mm:ss}")];
        Assert.True(shown.Length >= 2);
        Assert.All(shown, alert => Assert.Contains(alert, published));
    }

    private static async Task CheckEndpointAsync(Scrape endpoint)
    {
        using HttpResponseMessage healthy = await endpoint.GetAsync("/-/healthy");
        using HttpResponseMessage ready = await endpoint.GetAsync("/-/ready");
        Assert.Equal((200, 200), ((int)healthy.StatusCode, (int)ready.StatusCode));

        string metrics = await endpoint.MetricsAsync();
        ToolResult check = await ExternalTool.RunAsync("promtool", ["check", "metrics"], metrics);
        Assert.True(check.ExitCode == 0, check.Output + check.Error);
        Assert.All(s_families, family => Assert.Contains($"# TYPE {family} ", metrics, StringComparison.Ordinal));
        Assert.True(Scrape.Value(metrics, "detector_messages_total") > 4 * 1000);
        Assert.True(Scrape.Value(metrics, "detector_windows_scored_total") > 1000);
        Assert.True(Scrape.Value(metrics, "detector_alerts_total", "state=\"firing\"") >= 2);
        Assert.Equal(4, Scrape.Value(metrics, "detector_series", "state=\"active\""));
    }

    private static void CheckSummary(string output)
    {
        Match summary = SummaryLine().Match(output);
        Assert.True(summary.Success, output);
        string[] found = [.. output.Split('\n').Where(line => line.StartsWith("  found ", StringComparison.Ordinal))];
        Assert.True(found.Length >= 2, output);
        Assert.All(found, line => Assert.Contains("right sensor", line, StringComparison.Ordinal));
        Assert.DoesNotContain("  missed ", output, StringComparison.Ordinal);
    }

    [GeneratedRegex(@"^Broker +(\S+:\d+)", RegexOptions.Multiline)]
    private static partial Regex BrokerLine();

    [GeneratedRegex(@"^Metrics +(http\S+)", RegexOptions.Multiline)]
    private static partial Regex MetricsLine();

    [GeneratedRegex(@"FIRING +(pump-\d) \w+ at ([0-9-]+ [0-9:]+):")]
    private static partial Regex FiringLine();

    [GeneratedRegex(@"^\d+ faults? injected, \d+ found, 0 missed, ", RegexOptions.Multiline)]
    private static partial Regex SummaryLine();
}
