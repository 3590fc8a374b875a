using System.Globalization;
using System.Net;
using Detector.Tests.Support;
using Detector.Worker.Cli;
using Detector.Worker.Telemetry;
using Detector.Worker.Telemetry.Logging;
using Detector.Worker.Web;
using Microsoft.Extensions.Logging;
using Prometheus;

namespace Detector.Worker.Tests.Cli;

public sealed class RunCommandTests : IDisposable
{
    private readonly TemporaryDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    [Fact]
    public async Task Run_FileReadToItsEnd_ExitsWithZero()
    {
        ToolResult result = await DetectorProcess.RunAsync(["run", .. FileArguments(), "--set", "Http:Port=0", "--log-format", "json"]);

        Assert.Equal(ExitCodes.Ok, result.ExitCode);
        Assert.All(result.Error.Split('\n', StringSplitOptions.RemoveEmptyEntries), line => Assert.StartsWith("{\"time\":", line, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Run_Sigterm_StopsAndExitsWithZero()
    {
        int port = FreePort.Next();
        await using ExternalTool service = DetectorProcess.Start(
            "--config", RepositoryFiles.Path("configs", "kafka.json"), "--set", "Sources:plant:Client:bootstrap.servers=127.0.0.1:1",
            "--set", $"State:Directory={_directory.Path}", "--set", string.Create(CultureInfo.InvariantCulture, $"Http:Port={port}"));
        using var client = new HttpClient { BaseAddress = new UriBuilder("http", "127.0.0.1", port).Uri };
        while (!service.Error.Contains("Metrics and health are served", StringComparison.Ordinal) && !service.HasExited)
            await Task.Delay(50, TestContext.Current.CancellationToken);

        Assert.Equal("healthy\n", await client.GetStringAsync(Endpoints.Healthy, TestContext.Current.CancellationToken));
        Assert.Equal(HttpStatusCode.ServiceUnavailable, (await client.GetAsync(Endpoints.Ready, TestContext.Current.CancellationToken)).StatusCode);
        await ExternalTool.RunAsync("sh", ["-c", string.Create(CultureInfo.InvariantCulture, $"kill -TERM {service.ProcessId}")]);
        Assert.Equal(ExitCodes.Ok, (await service.ExitAsync(TimeSpan.FromSeconds(30))).ExitCode);
        Assert.Contains("Stopped;", service.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Run_PortTaken_SaysSoAndExitsWithOne()
    {
        using var logs = new LogWriter(TextWriter.Null, LogFormat.Text, color: false, LogLevel.None, TimeProvider.System);
        await using HttpEndpoint other = await HttpEndpoint.StartAsync(
            new HttpOptions { Port = 0 }, new HttpServices(new DetectorMetrics(Metrics.NewCustomRegistry()), new AlwaysReady()), logs, TestContext.Current.CancellationToken);
        ToolResult result = await DetectorProcess.RunAsync(
            ["run", .. FileArguments(), "--set", string.Create(CultureInfo.InvariantCulture, $"Http:Port={other.Url.Port}")]);

        Assert.Equal(ExitCodes.Failure, result.ExitCode);
        Assert.Contains("choose another port", result.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", result.Error, StringComparison.Ordinal);
    }

    private string[] FileArguments()
    {
        string input = _directory.Write("samples.csv", "timestamp,a\n2026-01-01T00:00:00Z,1\n2026-01-01T00:00:01Z,2\n");
        return
        [
            "--config", RepositoryFiles.Path("configs", "file.json"),
            "--set", $"Sources:recording:Path={input}",
            "--set", $"Sinks:alerts:Path={Path.Combine(_directory.Path, "alerts.jsonl")}",
            "--set", $"Sinks:scores:Path={Path.Combine(_directory.Path, "scores.jsonl")}",
            "--set", $"State:Directory={Path.Combine(_directory.Path, "state")}",
        ];
    }

    private sealed class AlwaysReady : IReadiness
    {
        public bool IsReady => true;

        public IReadOnlyList<string> Missing => [];
    }
}
