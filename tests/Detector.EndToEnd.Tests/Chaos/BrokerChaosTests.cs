using Detector.Worker.Cli.Quickstart;

namespace Detector.EndToEnd.Tests.Chaos;

/// <summary>A broker that goes, refuses and cuts connections.</summary>
public sealed class BrokerChaosTests
{
    [Fact]
    public Task Broker_DownAndUp_ShowsNoDifferenceDownstream() => ChaosRun.RunAsync("broker down and up", async (plant, service) =>
    {
        plant.Broker.SetBrokerDown();
        await Task.Delay(ChaosRun.Random.Next(100, 1500), ChaosRun.Stop);
        plant.Broker.SetBrokerUp();
        return service;
    });

    /// <summary>
    /// The answers are late, so that much is under way when something is refused: one to all of its kind, in any order. The sinks have one batch under way at a time: the embedded broker takes a batch
    /// that follows a refused one, where Kafka refuses both, and the client then holds the refused one for stored.
    /// </summary>
    [Fact]
    public async Task Broker_AnswersErrorsAndCutsConnections_ShowsNoDifferenceDownstream()
    {
        (EmbeddedBrokerRequest Request, int[] Errors)[] faults =
        [
            (EmbeddedBrokerRequest.Produce, [6, 7, -195, 19]),
            (EmbeddedBrokerRequest.Fetch, [6, -195, 3]),
            (EmbeddedBrokerRequest.OffsetCommit, [14, 15, 16, 27, -195]),
            (EmbeddedBrokerRequest.Heartbeat, [27, 25, -195]),
            (EmbeddedBrokerRequest.Metadata, [-195, 5]),
        ];
        using var plant = new ChaosPlant(inFlight: 1);
        await ChaosRun.RunAsync("request errors", plant, async (_, service) =>
        {
            (EmbeddedBrokerRequest request, int[] errors) = faults[ChaosRun.Random.Next(faults.Length)];
            // Longer than the feed pauses between its rows.
            plant.Broker.SetRoundTripTime(TimeSpan.FromMilliseconds(ChaosRun.Random.Next(200, 400)));
            await Task.Delay(500, ChaosRun.Stop);
            ChaosRun.Random.Shuffle(errors);
            plant.Broker.PushRequestErrors(request, errors[..ChaosRun.Random.Next(1, errors.Length + 1)]);
            await Task.Delay(1500, ChaosRun.Stop);
            plant.Broker.ClearRequestErrors(request);
            plant.Broker.SetRoundTripTime(TimeSpan.Zero);
            return service;
        });
    }
}
