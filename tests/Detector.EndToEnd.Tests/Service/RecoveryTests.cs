using Detector.Worker.Deciding;

namespace Detector.EndToEnd.Tests.Service;

/// <summary>The service after things went wrong: a damaged model, a death in the middle of the stream.</summary>
public sealed class RecoveryTests(TrainedPlant trained)
{
    [Fact]
    public async Task Run_FlippedBitInTheWeights_RefusesTheModelAndLearnsAnew()
    {
        await trained.OutcomeAsync();
        using var plant = new Plant(trained.State);
        string weights = plant.Weights;
        byte[] bytes = await File.ReadAllBytesAsync(weights, TestContext.Current.CancellationToken);
        bytes[^5] ^= 0x10;
        await File.WriteAllBytesAsync(weights, bytes, TestContext.Current.CancellationToken);

        await using KcatTopic scores = plant.Follow(Plant.Scores);
        await using RunningService service = await RunningService.StartAsync(plant);
        var rows = new PumpRows();
        await plant.ProduceAsync(rows.Take(Plant.WarmupRows / 2));
        await service.WaitForMetricAsync(Plant.WarmupRows / 2, "detector_samples_total");
        Assert.Contains("refused", service.Log, StringComparison.Ordinal);
        Assert.Contains("weights.safetensors", service.Log, StringComparison.Ordinal);
        Assert.Equal(1, Scrape.Value(await service.Endpoint.MetricsAsync(), "detector_series", "state=\"warming\""));

        await plant.ProduceAsync(rows.Take(Plant.WarmupRows / 2 + 10));
        await scores.WaitAsync(messages => messages.Count == 10, "the scores of the model learned anew", () => service.Log);
        Assert.Contains("Training the model of pump-1", service.Log, StringComparison.Ordinal);
        await service.StopAsync();
    }

    [Fact]
    public async Task Run_KilledInTheMiddle_LosesNoAlertAndRepeatsItsIds()
    {
        await trained.OutcomeAsync();
        // Nothing is committed before the kill: all that the first life did is done once more.
        using var plant = new Plant(trained.State, commitEvery: TimeSpan.FromMinutes(5));
        await using KcatTopic alerts = plant.Follow(Plant.Alerts);
        var rows = new PumpRows();
        int[] leaks = [Plant.WarmupRows + 50, Plant.WarmupRows + 50 + 30 + 120];

        await using (RunningService first = await RunningService.StartAsync(plant))
        {
            await plant.ProduceAsync([.. rows.Take(leaks[0]), .. rows.Take(30, leak: true)]);
            await alerts.WaitAsync(messages => messages.Count >= 1, "the alert of the first life", () => first.Log);
            // It dies with the second leak on its way.
            await plant.ProduceAsync([.. rows.Take(120), .. rows.Take(30, leak: true)]);
            await first.KillAsync();
        }

        int before = alerts.Messages.Count;
        await using RunningService second = await RunningService.StartAsync(plant);
        await plant.ProduceAsync(rows.Take(100));
        IReadOnlyList<TopicMessage> all = await alerts.WaitAsync(
            messages => messages.Skip(before).Count(alert => State(alert) == "resolved") == 2, "two resolved alerts of the second life", () => second.Log);
        await second.StopAsync();

        string[] expected = [.. leaks.Select(row => AlertId.Create("pumps", PumpRows.Series, PumpRows.TimeOf(row).UtcTicks))];
        // The second life began at the first message, so it shows all that there is to alert of.
        string[] ids = [.. all.Skip(before).Select(Id).Distinct()];
        Assert.Equal(leaks.Length, ids.Length);
        Assert.Subset(ids.ToHashSet(), all.Take(before).Select(Id).ToHashSet());
        for (int i = 0; i < leaks.Length; i++)
        {
            DateTimeOffset started = all.Skip(before).First(alert => Id(alert) == ids[i]).Json.GetProperty("startedAt").GetDateTimeOffset();
            Assert.Equal(ids[i], AlertId.Create("pumps", PumpRows.Series, started.UtcTicks));
            Assert.InRange(started, PumpRows.TimeOf(leaks[i]), PumpRows.TimeOf(leaks[i] + 5));
        }

        TopicMessage repeated = all.Skip(before).First();
        Assert.Equal((all[0].Headers["ce_id"], all[0].Headers["ce_type"]), (repeated.Headers["ce_id"], repeated.Headers["ce_type"]));
        Assert.Equal(280 + Plant.WarmupRows + 50, plant.CommittedOffset());
    }

    private static string Id(TopicMessage alert) => alert.Json.GetProperty("id").GetString()!;

    private static string State(TopicMessage alert) => alert.Json.GetProperty("state").GetString()!;
}
