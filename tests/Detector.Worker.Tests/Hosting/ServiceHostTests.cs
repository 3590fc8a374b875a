using System.Globalization;
using Detector.Models.Compute;
using Detector.Worker.Cli;
using Detector.Worker.Hosting;
using Detector.Worker.Hosting.Configuration;
using Detector.Worker.Hosting.Reloading;
using Detector.Worker.Telemetry.Logging;
using Microsoft.Extensions.Logging;

namespace Detector.Worker.Tests.Hosting;

/// <summary>What the process's exit code says of how the hosted worker ended.</summary>
public sealed class ServiceHostTests : IDisposable
{
    private readonly TemporaryDirectory _directory = new();
    private readonly StringWriter _log = new(CultureInfo.InvariantCulture);
    private readonly ReloadRequest _reload = new();

    public void Dispose() => _directory.Dispose();

    [Fact]
    public async Task RunAsync_ExceptionInTheBackground_IsAFailureAndLogged()
    {
        Task<IReadOnlyList<string>> asked = _reload.AskAsync();
        int exitCode = await RunAsync(() => throw new NotSupportedException("a bug while reading"), TestContext.Current.CancellationToken);
        Assert.Equal(ExitCodes.Failure, exitCode);
        Assert.Contains("a bug while reading", _log.ToString(), StringComparison.Ordinal);
        Assert.False(asked.IsCompletedSuccessfully);
    }

    [Fact]
    public async Task RunAsync_AskedToStop_IsOk()
    {
        using var stop = new CancellationTokenSource();
        Task<IReadOnlyList<string>> asked = _reload.AskAsync();
        Task<int> run = RunAsync(Configuration, stop.Token);
        Assert.Empty(await asked.WaitAsync(TimeSpan.FromMinutes(1), TestContext.Current.CancellationToken));
        await stop.CancelAsync();
        Assert.Equal(ExitCodes.Ok, await run);
    }

    [Fact]
    public async Task RunAsync_PrecisionTheDeviceLacks_IsSaidWithTheRemedy()
    {
        using var stop = new CancellationTokenSource();
        LoadedConfiguration loaded = Configuration();
        loaded.Options.Pipelines["pumps"].Model.Precision = "float16";
        loaded.Options.Device = ComputeDevice.CpuByTorch;
        if (ComputeDevice.Select(loaded.Options.Device).Problem(Precision.F16) is null) // as new versions of torch do
            await stop.CancelAsync();

        int code = await RunAsync(() => loaded, stop.Token, loaded);

        Assert.Equal(stop.IsCancellationRequested ? ExitCodes.Ok : ExitCodes.Failure, code);
        Assert.Equal(!stop.IsCancellationRequested, _log.ToString().Contains("Pipelines:pumps:Model:Precision", StringComparison.Ordinal));
    }

    private async Task<int> RunAsync(Func<LoadedConfiguration> read, CancellationToken stop, LoadedConfiguration? first = null)
    {
        var logs = new LogWriter(_log, LogFormat.Text, color: false, LogLevel.Information, TimeProvider.System);
        return await ServiceHost.RunAsync(first ?? Configuration(), read, _reload, new Dictionary<string, string>(), logs, stop).WaitAsync(TimeSpan.FromMinutes(1), CancellationToken.None);
    }

    /// <summary>A file that is followed and stays empty.</summary>
    private LoadedConfiguration Configuration()
    {
        string file = _directory.Write("rows.csv", "timestamp,pressure\n");
        LoadedConfiguration loaded = ConfigurationLoader.Load([_directory.Write("config.json", $$"""
            { "Detector": { "Sources": { "plant": { "Type": "file", "Path": "{{file}}", "Follow": true } },
              "Pipelines": { "pumps": { "Sources": ["plant"], "Sinks": ["out"] } }, "Sinks": { "out": { "Type": "file", "Path": "{{file}}.out" } },
              "State": { "Directory": "{{_directory.Path}}/state" }, "Http": { "Port": 0 }, "Device": "cpu" } }
            """)], [], new Dictionary<string, string>());
        Assert.Empty(loaded.Errors);
        return loaded;
    }
}
