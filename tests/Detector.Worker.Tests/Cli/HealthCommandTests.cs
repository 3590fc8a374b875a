using System.Globalization;
using Detector.Tests.Support;
using Detector.Worker.Cli;
using Detector.Worker.Telemetry;
using Detector.Worker.Telemetry.Logging;
using Detector.Worker.Web;
using Microsoft.Extensions.Logging;
using Prometheus;

namespace Detector.Worker.Tests.Cli;

public sealed class HealthCommandTests : IAsyncLifetime, IReadiness
{
    private HttpEndpoint _endpoint = null!;

    public bool IsReady => Missing.Count == 0;

    public IReadOnlyList<string> Missing { get; set; } = ["pipeline pumps is warming up"];

    public async ValueTask InitializeAsync() => _endpoint = await HttpEndpoint.StartAsync(
        new HttpOptions { Port = 0 }, new HttpServices(new DetectorMetrics(Metrics.NewCustomRegistry()), this),
        new LogWriter(TextWriter.Null, LogFormat.Text, color: false, LogLevel.None, TimeProvider.System), TestContext.Current.CancellationToken);

    public ValueTask DisposeAsync() => _endpoint.DisposeAsync();

    [Fact]
    public async Task Health_RunningService_ExitsWithZero()
    {
        ToolResult result = await DetectorProcess.RunAsync("health", "--url", _endpoint.Url.ToString());
        Assert.Equal((ExitCodes.Ok, "healthy\n", ""), (result.ExitCode, result.Output, result.Error));
    }

    [Fact]
    public async Task Health_Ready_FollowsReadiness()
    {
        ToolResult before = await DetectorProcess.RunAsync("health", "--ready", "--url", _endpoint.Url.ToString());
        Assert.Equal((ExitCodes.Failure, "not ready\npipeline pumps is warming up\n"), (before.ExitCode, before.Error));

        Missing = [];
        ToolResult after = await DetectorProcess.RunAsync("health", "--ready", "--url", _endpoint.Url.ToString());
        Assert.Equal((ExitCodes.Ok, "ready\n"), (after.ExitCode, after.Output));
    }

    [Fact]
    public async Task Health_AddressOfTheConfiguration_IsAsked()
    {
        string port = _endpoint.Url.Port.ToString(CultureInfo.InvariantCulture);
        ToolResult result = await DetectorProcess.RunAsync("health", "--set", "Http:Address=*", "--set", $"Http:Port={port}");
        Assert.Equal((ExitCodes.Ok, "healthy\n"), (result.ExitCode, result.Output));
    }

    [Fact]
    public async Task Health_NobodyThere_ExitsWithOne()
    {
        ToolResult result = await DetectorProcess.RunAsync("health", "--url", "http://127.0.0.1:1");
        Assert.Equal(ExitCodes.Failure, result.ExitCode);
        Assert.StartsWith("No answer from http://127.0.0.1:1/-/healthy", result.Error, StringComparison.Ordinal);
    }
}
