namespace Detector.EndToEnd.Tests.Service;

/// <summary>The service after things went wrong: a damaged model.</summary>
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
}
