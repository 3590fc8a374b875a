using Detector.EndToEnd.Tests.Service;

[assembly: AssemblyFixture(typeof(TrainedPlant))]

namespace Detector.EndToEnd.Tests.Service;

/// <summary>One whole life of the service, from an empty directory to SIGTERM: what came of it, and the model that other tests begin with.</summary>
public sealed class TrainedPlant : IAsyncDisposable
{
    /// <summary>Rows of each stretch: to learn from, normal, leaking, normal until the alert is resolved.</summary>
    internal const int Normal = 100, Leaking = 30, After = 100;

    internal const int Rows = Plant.WarmupRows + Normal + Leaking + After;

    private readonly SemaphoreSlim _once = new(1);
    private readonly Plant _plant = new();
    private Outcome? _outcome;

    /// <summary>Directory of the model.</summary>
    internal string State => _plant.State;

    internal Plant Plant => _plant;

    /// <summary>Lives that life when it is first asked for.</summary>
    internal async Task<Outcome> OutcomeAsync()
    {
        await _once.WaitAsync(TestContext.Current.CancellationToken);
        try
        {
            return _outcome ??= await LiveAsync();
        }
        finally
        {
            _once.Release();
        }
    }

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

    public ValueTask DisposeAsync()
    {
        _plant.Dispose();
        _once.Dispose();
        return ValueTask.CompletedTask;
    }

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
