using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using Detector.Tests.Support;
using Detector.Worker.Tests;

namespace Detector.EndToEnd.Tests.Operations;

/// <summary>
/// A real Prometheus that scrapes one service each second and evaluates the rules of deploy/prometheus, as they are but for their times: every
/// <c>for</c> is 2 s and every range 10 s.
/// </summary>
internal sealed partial class PrometheusServer : IAsyncDisposable
{
    private readonly TemporaryDirectory _directory = new();
    private readonly ExternalTool _process;
    private readonly HttpClient _client;

    public PrometheusServer(Uri service)
    {
        string[] rules = [.. Directory.GetFiles(RepositoryFiles.Path("deploy", "prometheus"), "*.rules.yml").Select(Shortened)];
        string configuration = _directory.Write("prometheus.yml", $$"""
            global: { scrape_interval: 1s, scrape_timeout: 1s, evaluation_interval: 1s }
            rule_files: [{{string.Join(", ", rules)}}]
            scrape_configs:
              - job_name: detector
                static_configs: [{ targets: ["{{service.Authority}}"] }]
            """);
        int port = FreePort.Next();
        _client = new HttpClient { BaseAddress = new UriBuilder("http", "127.0.0.1", port).Uri };
        _process = ExternalTool.Start("prometheus",
        [
            $"--config.file={configuration}", $"--storage.tsdb.path={Path.Combine(_directory.Path, "data")}",
            string.Create(CultureInfo.InvariantCulture, $"--web.listen-address=127.0.0.1:{port}"),
        ]);
    }

    /// <summary>Waits until an alert fires, and returns its labels.</summary>
    public async Task<JsonElement> FiresAsync(string alert, Func<string> context)
    {
        string state = "";
        JsonElement? found = null;
        await Eventually.HoldsAsync(async () =>
        {
            try
            {
                state = await _client.GetStringAsync(new Uri("/api/v1/alerts", UriKind.Relative), TestContext.Current.CancellationToken);
            }
            catch (HttpRequestException)
            {
                return false;
            }

            foreach (JsonElement active in JsonDocument.Parse(state).RootElement.GetProperty("data").GetProperty("alerts").EnumerateArray())
            {
                if (active.GetProperty("state").GetString() == "firing" && active.GetProperty("labels").GetProperty("alertname").GetString() == alert)
                    found = active.GetProperty("labels");
            }

            return found is not null;
        }, () => $"{alert} does not fire. Prometheus knows of {state}\n{_process.Error}\n{context()}", () => _process.HasExited, TimeSpan.FromMinutes(2));
        return found!.Value;
    }

    /// <summary>Names of the alerts that fire now.</summary>
    public async Task<string[]> FiringAsync()
    {
        string state = await _client.GetStringAsync(new Uri("/api/v1/alerts", UriKind.Relative), TestContext.Current.CancellationToken);
        return [.. JsonDocument.Parse(state).RootElement.GetProperty("data").GetProperty("alerts").EnumerateArray()
            .Where(alert => alert.GetProperty("state").GetString() == "firing").Select(alert => alert.GetProperty("labels").GetProperty("alertname").GetString()!)];
    }

    public async ValueTask DisposeAsync()
    {
        _client.Dispose();
        await _process.DisposeAsync();
        _directory.Dispose();
    }

    private string Shortened(string file)
    {
        string text = Range().Replace(For().Replace(File.ReadAllText(file), "for: 2s"), "[10s]");
        return _directory.Write(Path.GetFileName(file), text);
    }

    [GeneratedRegex(@"for: \d+[smh]")]
    private static partial Regex For();

    [GeneratedRegex(@"\[\d+[smh]\]")]
    private static partial Regex Range();
}
