using Detector.EndToEnd.Tests.Service;
using Detector.Tests.Support;
using Detector.Worker.Tests;

namespace Detector.EndToEnd.Tests.Operations;

/// <summary>The service under a manager that listens at NOTIFY_SOCKET.</summary>
public sealed class SystemdTests(TrainedPlant trained) : IDisposable
{
    private readonly TemporaryDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    [Fact]
    public async Task Run_Life_IsToldToTheManager()
    {
        await trained.OutcomeAsync();
        using var plant = new Plant(trained.State);
        using NotifyInbox manager = NewManager();
        await using RunningService service = await RunningService.StartAsync(plant.Configuration, Environment(manager));

        IReadOnlyList<string[]> starting = await manager.UntilAsync("READY=1");
        Assert.Contains("STATUS=source 'plant' is not connected yet", starting.SelectMany(message => message));
        Assert.StartsWith("STATUS=1 sources, 1 pipelines, configuration ", starting[^1][1], StringComparison.Ordinal);
        using (HttpResponseMessage ready = await service.Endpoint.GetAsync("/-/ready"))
            Assert.True(ready.IsSuccessStatusCode, "It said READY=1 and is not.");
        await manager.UntilAsync("WATCHDOG=1");

        await plant.EditAsync(detector => detector["Pipelines"]!["pumps"]!["MaxBatch"] = 64);
        await service.SignalAsync("HUP");
        IReadOnlyList<string[]> reloading = await manager.UntilAsync("RELOADING=1");
        Assert.StartsWith("MONOTONIC_USEC=", reloading[^1][1], StringComparison.Ordinal);
        await manager.UntilAsync("READY=1");

        await service.StopAsync();
        await manager.UntilAsync("STOPPING=1");
    }

    [Fact]
    public async Task Run_BrokerOutOfReach_AsksForTimeAndIsNotReady()
    {
        using var plant = new Plant();
        await plant.EditAsync(detector => detector["Sources"]!["plant"]!["Client"]!["bootstrap.servers"] = "127.0.0.1:1");
        using NotifyInbox manager = NewManager();
        await using RunningService service = await RunningService.StartAsync(plant.Configuration, Environment(manager));

        var heard = new List<string[]>();
        for (int i = 0; i < 500 && heard.Count < 3; i++)
        {
            if (await manager.NextAsync() is var message and not ["WATCHDOG=1"])
                heard.Add(message);
        }

        Assert.Equal(3, heard.Count);
        Assert.All(heard, message => Assert.Equal((2, "EXTEND_TIMEOUT_USEC=30000000"), (message.Length, message[0])));
    }

    private NotifyInbox NewManager() => new(Path.Combine(_directory.Path, "notify"));

    private static Dictionary<string, string?> Environment(NotifyInbox manager) => new()
    {
        ["NOTIFY_SOCKET"] = manager.Name,
        ["WATCHDOG_USEC"] = "2000000",
    };
}
