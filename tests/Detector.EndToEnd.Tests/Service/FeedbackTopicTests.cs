using System.Text.Json.Nodes;
using Detector.EndToEnd.Tests.Operations;
using Detector.Worker.Cli.Quickstart;

namespace Detector.EndToEnd.Tests.Service;

/// <summary>What another program says of alerts, by a topic.</summary>
public sealed class FeedbackTopicTests(TrainedPlant trained)
{
    private const string Topic = "feedback";

    [Fact]
    public async Task Feedback_ByTopic_StopsTheTwinAndWhatMakesNoSenseIsLogged()
    {
        await trained.OutcomeAsync();
        using var plant = new Plant(trained.State);
        using EmbeddedBroker broker = EmbeddedBroker.Start();
        broker.CreateTopic(Topic, 1);
        await plant.EditAsync(detector =>
        {
            detector["Sources"]!["said"] = new JsonObject
            {
                ["Type"] = "kafka",
                ["Topics"] = new JsonArray(Topic),
                ["Client"] = new JsonObject { ["bootstrap.servers"] = broker.BootstrapServers, ["group.id"] = Plant.Group, ["auto.offset.reset"] = "earliest", ["fetch.wait.max.ms"] = "20" },
            };
            detector["Feedback"] = new JsonObject { ["Sources"] = new JsonArray("said") };
        });
        await using KcatTopic alerts = plant.Follow(Plant.Alerts);
        await using RunningService service = await RunningService.StartAsync(plant);
        var rows = new PumpRows();
        rows.Take(TrainedPlant.Rows);
        await plant.ProduceAsync([.. rows.Take(100), .. rows.Take(30, leak: true), .. rows.Take(100)]);
        IReadOnlyList<TopicMessage> first = await alerts.WaitAsync(
            messages => messages.Any(alert => alert.Json.GetProperty("state").GetString() == "resolved"), "the resolution of the leak", () => service.Log);
        string id = first[0].Json.GetProperty("id").GetString()!;

        await KcatTopic.ProduceAsync(broker.BootstrapServers, Topic,
        [
            ("a", "no json"), ("a", """{"id":"../../etc/passwd","verdict":"no_anomaly"}"""), ("a", $$"""{"id":"{{id}}","verdict":"maybe"}"""),
            ("a", $$"""{"id":"{{id}}","verdict":"no_anomaly","by":"work orders"}"""),
        ]);
        await service.WaitForMetricAsync(1, "detector_alerts_feedback_total", "verdict=\"no_anomaly\"");
        await plant.ProduceAsync([.. rows.Take(30, leak: true), .. rows.Take(100)]);
        await service.WaitForMetricAsync(1, "detector_alerts_suppressed_total", "reason=\"feedback\"");
        await service.WaitForMetricAsync(360 - 31, "detector_windows_scored_total");
        await service.StopAsync();

        Assert.All(alerts.Messages, alert => Assert.Equal(id, alert.Json.GetProperty("id").GetString()));
        Assert.Contains("There is no alert '../../etc/passwd'", service.Log, StringComparison.Ordinal);
        Assert.Contains("A feedback message cannot be read", service.Log, StringComparison.Ordinal);
        Assert.Contains("\"By\":\"work orders\"", await File.ReadAllTextAsync(Assert.Single(Directory.GetFiles(plant.State, "feedback.jsonl", SearchOption.AllDirectories)), TestContext.Current.CancellationToken), StringComparison.OrdinalIgnoreCase);
    }
}
