using System.Text.RegularExpressions;
using Detector.Tests.Support;
using Detector.Worker.Cli;
using Detector.Worker.Tests.Cli;

namespace Detector.EndToEnd.Tests.Service;

/// <summary><c>detector run</c> as a process, whose endpoint answers.</summary>
internal sealed partial class RunningService : IAsyncDisposable
{
    private readonly ExternalTool _process;

    private RunningService(ExternalTool process, Uri url)
    {
        _process = process;
        Endpoint = new Scrape(url);
        Url = url;
    }

    public Scrape Endpoint { get; }

    public Uri Url { get; }

    public int ProcessId => _process.ProcessId;

    public bool HasExited => _process.HasExited;

    public string Log => _process.Error;

    public static Task<RunningService> StartAsync(Plant plant) => StartAsync(plant.Configuration);

    /// <param name="environment">Variables beside those of the tests.</param>
    public static async Task<RunningService> StartAsync(string configuration, IReadOnlyDictionary<string, string?>? environment = null)
    {
        return await StartAsync(DetectorProcess.Start(environment ?? new Dictionary<string, string?>(), "run", "--config", configuration));
    }

    /// <summary>A process that was started otherwise.</summary>
    public static async Task<RunningService> StartAsync(ExternalTool process)
    {
        await process.WaitForTextAsync("are served at");
        return new RunningService(process, new Uri(ServedAt().Match(process.Error).Groups[1].Value));
    }

    /// <summary>Waits until a counter has reached a value.</summary>
    public async Task WaitForMetricAsync(double value, string family, params string[] labels)
    {
        double seen = 0;
        await Eventually.HoldsAsync(
            async () => (seen = Scrape.Value(await Endpoint.MetricsAsync(), family, labels)) >= value,
            () => FormattableString.Invariant($"{family} {string.Join(", ", labels)} is {seen}, not {value}.\n{Log}"),
            () => _process.HasExited);
    }

    /// <summary>Sends it a signal, without SIG.</summary>
    public Task SignalAsync(string name) => Signal.SendAsync(_process, name);

    public Task WaitForLogAsync(string text) => _process.WaitForTextAsync(text);

    /// <summary>Stops it as systemd would, and holds it to its word.</summary>
    public async Task StopAsync()
    {
        await Signal.SendAsync(_process, "TERM");
        ToolResult result = await _process.ExitAsync();
        Assert.True(result.ExitCode == ExitCodes.Ok, result.Error);
        Assert.Contains("drained: True, undelivered records: 0", result.Error, StringComparison.OrdinalIgnoreCase);
    }

    /// <summary>Waits until it has ended by itself.</summary>
    public async Task<int> ExitCodeAsync() => (await _process.ExitAsync()).ExitCode;

    /// <summary>Ends it without a chance to finish anything.</summary>
    public async Task KillAsync()
    {
        await Signal.SendAsync(_process, "KILL");
        await _process.ExitAsync();
    }

    public ValueTask DisposeAsync()
    {
        Endpoint.Dispose();
        return _process.DisposeAsync();
    }

    [GeneratedRegex(@"are served at ([^\s""]+)")]
    private static partial Regex ServedAt();
}
