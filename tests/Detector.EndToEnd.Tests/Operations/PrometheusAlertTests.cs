using System.Text.Json.Nodes;
using Detector.EndToEnd.Tests.Service;
using Detector.Worker.Cli.Quickstart;

namespace Detector.EndToEnd.Tests.Operations;

/// <summary>A real Prometheus beside a running service calls for what happens to it.</summary>
public sealed class PrometheusAlertTests(TrainedPlant trained)
{
    [Fact]
    public async Task Fault_LeakingPump_MakesTheAnomalyFire()
    {
        await trained.OutcomeAsync();
        using var plant = new Plant(trained.State);
        await using RunningService service = await RunningService.StartAsync(plant);
        await using var prometheus = new PrometheusServer(service.Url);
        var rows = new PumpRows();
        await plant.ProduceAsync([.. rows.Take(80), .. rows.Take(30, leak: true)]);

        System.Text.Json.JsonElement labels = await prometheus.FiresAsync("DetectorAnomaly", () => service.Log);
        Assert.Equal("pumps", labels.GetProperty("pipeline").GetString());
        Assert.DoesNotContain("DetectorDown", await prometheus.FiringAsync());
        await service.StopAsync();
        await prometheus.FiresAsync("DetectorDown", () => service.Log);
    }

    [Fact]
    public async Task Stall_SinkThatTakesNothing_MakesTheStallFire()
    {
        await trained.OutcomeAsync();
        using var plant = new Plant(trained.State);
        var broken = EmbeddedBroker.Start();
        broken.CreateTopic(Plant.Scores, 1);
        await plant.EditAsync(detector => detector["Sinks"]!["scores"]!["Client"] = new JsonObject
        {
            ["bootstrap.servers"] = broken.BootstrapServers,
            ["queue.buffering.max.messages"] = "10",
        });
        await using RunningService service = await RunningService.StartAsync(plant);
        await using var prometheus = new PrometheusServer(service.Url);
        var rows = new PumpRows();
        await plant.ProduceAsync(rows.Take(80));
        await service.WaitForMetricAsync(80 - 31, "detector_windows_scored_total");

        broken.Dispose();
        // More than the queues on the way hold.
        await plant.ProduceAsync(rows.Take(60_000));

        await prometheus.FiresAsync("DetectorStalled", () => service.Log);
        await service.KillAsync();
    }
}
