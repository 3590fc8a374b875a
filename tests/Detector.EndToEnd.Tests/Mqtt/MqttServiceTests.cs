using System.Text.Json;
using Detector.EndToEnd.Tests.Service;
using Detector.Tests.Support;
using Detector.Worker.Cli;
using Detector.Worker.Tests.Cli;

namespace Detector.EndToEnd.Tests.Mqtt;

/// <summary>The service over MQTT, as mosquitto's own clients see it.</summary>
public sealed class MqttServiceTests(TrainedPlant trained)
{
    [Fact]
    public async Task Run_FedByMosquittoPub_AlertsAreReadByMosquittoSub()
    {
        await trained.OutcomeAsync();
        await using MqttPlant plant = await MqttPlant.StartAsync(trained.State);
        await using ExternalTool alerts = await plant.Broker.SubscribeAsync("plant/+/alerts", "-V", "5", "-q", "1", "-C", "1", "-F", "%t|%C|%P|%p");
        await using RunningService service = await StartAsync(plant);

        var rows = new PumpRows();
        await plant.PublishAsync([.. rows.Take(100), .. rows.Take(30, leak: true), .. rows.Take(30)]);
        string[] alert = (await alerts.ExitAsync()).Output.Trim().Split('|', 4);
        await service.StopAsync();

        JsonElement body = JsonDocument.Parse(alert[3]).RootElement;
        string id = body.GetProperty("id").GetString()!;
        Assert.Equal((MqttPlant.Alerts, "application/json"), (alert[0], alert[1]));
        Assert.Contains($"id:{id}-1", alert[2], StringComparison.Ordinal);
        Assert.Contains("type:io.detector.alert.firing", alert[2], StringComparison.Ordinal);
        Assert.Contains("subject:pump-1", alert[2], StringComparison.Ordinal);
        Assert.Equal("pump-1", body.GetProperty("series").GetString());
        Assert.InRange(body.GetProperty("startedAt").GetDateTimeOffset(), PumpRows.TimeOf(100), PumpRows.TimeOf(106));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task Run_BrokerRestartedInTheMiddle_CountsEverySampleOnce(int qos)
    {
        await trained.OutcomeAsync();
        await using MqttPlant plant = await MqttPlant.StartAsync(trained.State, qos);
        await using RunningService service = await StartAsync(plant);
        var rows = new PumpRows();

        await plant.PublishAsync(rows.Take(2_000), qos);
        await plant.Broker.StopAsync();
        await plant.Broker.StartAgainAsync();
        await plant.PublishAsync(rows.Take(500), qos);
        await service.WaitForMetricAsync(2_500, "detector_samples_total");
        await service.WaitForMetricAsync(1, "detector_windows_scored_total");
        string metrics = await service.Endpoint.MetricsAsync();
        await service.StopAsync();

        Assert.Equal(2_500, Scrape.Value(metrics, "detector_samples_total"));
        // A message whose acknowledgement was lost with the connection comes once more, and is dropped as late or a duplicate.
        double repeated = Scrape.Value(metrics, "detector_messages_total") - 2_500;
        Assert.Equal(repeated, Scrape.Value(metrics, "detector_messages_dropped_total"));
        Assert.Contains("connects again", service.Log, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Run_KilledInTheMiddle_ReadsOnWhereItWasNotFinished()
    {
        await trained.OutcomeAsync();
        await using MqttPlant plant = await MqttPlant.StartAsync(trained.State);
        var rows = new PumpRows();
        await using (RunningService first = await StartAsync(plant))
        {
            await plant.PublishAsync(rows.Take(1_000));
            await first.KillAsync();
        }

        await plant.PublishAsync([.. rows.Take(200), .. rows.Take(30, leak: true), .. rows.Take(30)]);
        await using ExternalTool alerts = await plant.Broker.SubscribeAsync("plant/+/alerts", "-q", "1", "-C", "1");
        await using RunningService second = await StartAsync(plant);
        string alert = (await alerts.ExitAsync()).Output;
        await second.StopAsync();

        Assert.InRange(JsonDocument.Parse(alert).RootElement.GetProperty("startedAt").GetDateTimeOffset(), PumpRows.TimeOf(1_200), PumpRows.TimeOf(1_206));
    }

    [Fact]
    public async Task Run_Killed_LastWillSaysSo()
    {
        await trained.OutcomeAsync();
        await using MqttPlant plant = await MqttPlant.StartAsync(trained.State);
        await using RunningService service = await StartAsync(plant);

        Assert.Equal("online", await StatusAsync(plant));
        await service.KillAsync();
        await Eventually.HoldsAsync(async () => await StatusAsync(plant) == "offline", () => plant.Broker.Log);
    }

    [Fact]
    public async Task Validate_NoBroker_NamesEveryOne()
    {
        await trained.OutcomeAsync();
        MqttPlant plant = await MqttPlant.StartAsync(trained.State);
        ToolResult good = await DetectorProcess.RunAsync("validate", "--config", plant.Configuration);
        await plant.Broker.StopAsync();
        ToolResult bad = await DetectorProcess.RunAsync("validate", "--config", plant.Configuration);
        await plant.Broker.StartAgainAsync();
        await plant.DisposeAsync();

        Assert.True(good.ExitCode == ExitCodes.Ok, good.Output + good.Error);
        Assert.Equal(ExitCodes.Unavailable, bad.ExitCode);
        Assert.Contains("Detector:Sources:plant: the broker at mqtt://127.0.0.1:", bad.Output + bad.Error, StringComparison.Ordinal);
        Assert.Contains("Detector:Sinks:alerts: the broker at mqtt://127.0.0.1:", bad.Output + bad.Error, StringComparison.Ordinal);
    }

    private static async Task<RunningService> StartAsync(MqttPlant plant)
    {
        RunningService service = await RunningService.StartAsync(plant.Configuration);
        await service.WaitForLogAsync("Source plant is connected to");
        return service;
    }

    private static async Task<string> StatusAsync(MqttPlant plant) =>
        (await ExternalTool.RunAsync("mosquitto_sub", [.. plant.Broker.Address, "-t", MqttPlant.Status, "-C", "1"])).Output.Trim();
}
