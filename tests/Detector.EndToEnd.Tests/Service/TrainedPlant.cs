using Detector.EndToEnd.Tests.Service;

[assembly: AssemblyFixture(typeof(TrainedPlant))]

namespace Detector.EndToEnd.Tests.Service;

/// <summary>One whole life of the service, from an empty directory to SIGTERM: what came of it, and the model that other tests begin with.</summary>
public sealed class TrainedPlant : IDisposable
{
    /// <summary>Rows of each stretch: to learn from, normal, leaking, normal until the alert is resolved.</summary>
    internal const int Normal = 100, Leaking = 30, After = 100;

    internal const int Rows = Plant.WarmupRows + Normal + Leaking + After;

    private readonly Plant _plant = new();
    private Task<Outcome>? _outcome;

    /// <summary>Directory of the model.</summary>
    internal string State => _plant.State;

    internal Plant Plant => _plant;

    /// <summary>Lives that life when it is first asked for, once: every test that asks is told of its failure.</summary>
    internal Task<Outcome> OutcomeAsync() => _outcome ??= LiveAsync();

    private async Task<Outcome> LiveAsync()
    {
        var rows = new PumpRows();
        await using RunningService service = await RunningService.StartAsync(_plant);
        await _plant.ProduceAsync([.. rows.Take(Plant.WarmupRows + Normal), .. rows.Take(Leaking, leak: true), .. rows.Take(After)]);
        await service.WaitForMetricAsync(Rows - Plant.WarmupRows, "detector_windows_scored_total");
        string metrics = await service.Endpoint.MetricsAsync();
        await service.StopAsync();
        return new Outcome(
            service.Log, metrics, await KcatTopic.ReadAsync(_plant.Servers, Plant.Scores), await KcatTopic.ReadAsync(_plant.Servers, Plant.Alerts),
            await KcatTopic.ReadAsync(_plant.Servers, Plant.Thresholds), await KcatTopic.ReadAsync(_plant.Servers, Plant.Rejected),
            _plant.CommittedOffset());
    }

    public void Dispose() => _plant.Dispose();

    /// <summary>What the service left behind.</summary>
    internal sealed record Outcome(
        string Log,
        string Metrics,
        IReadOnlyList<TopicMessage> Scores,
        IReadOnlyList<TopicMessage> Alerts,
        IReadOnlyList<TopicMessage> Thresholds,
        IReadOnlyList<TopicMessage> Rejected,
        long CommittedOffset);
}
