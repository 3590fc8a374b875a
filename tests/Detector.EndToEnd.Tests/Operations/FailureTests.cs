using Detector.EndToEnd.Tests.Service;
using Detector.Worker.Cli;

namespace Detector.EndToEnd.Tests.Operations;

/// <summary>A service that cannot go on ends with an exit code that says so: systemd starts it again, and takes no failure for a wish to stop.</summary>
public sealed class FailureTests
{
    [Fact]
    public async Task Reload_StateThatCanNoLongerBeUsed_EndsTheProcessAsAFailure()
    {
        using var plant = new Plant();
        await using RunningService service = await RunningService.StartAsync(plant);
        // Neither the next configuration nor the present one can be started on this.
        string alerts = Path.Combine(plant.State, "alerts");
        Directory.Delete(alerts, recursive: true);
        await File.WriteAllTextAsync(alerts, "no directory", TestContext.Current.CancellationToken);
        await plant.EditAsync(detector => detector["Pipelines"]!["pumps"]!["MaxBatch"] = 64);
        await service.SignalAsync("HUP");

        Assert.Equal(ExitCodes.Failure, await service.ExitCodeAsync());
        Assert.Contains(alerts, service.Log, StringComparison.Ordinal);
    }
}
