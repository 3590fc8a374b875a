using Detector.EndToEnd.Tests.Chaos;
using Detector.Tests.Support;
using Detector.Worker.Cli.Quickstart;
using Detector.Worker.Tests;
using Detector.Worker.Tests.Cli;

namespace Detector.EndToEnd.Tests.Service;

/// <summary>The example configuration for Kafka as it stands in the repository, against two brokers that have nothing in common but the protocol.</summary>
public sealed class BrokerTests
{
    private const string Checkpoints = "detector_checkpoint_duration_seconds_count";
    private const string Samples = "sensors", Alerts = "anomaly-alerts", Rejected = "sensors-rejected";

    [Fact]
    public async Task Run_ExampleConfiguration_WorksWithTheEmbeddedBroker()
    {
        using EmbeddedBroker broker = EmbeddedBroker.Start();
        foreach (string topic in (string[])[Samples, Alerts, Rejected])
            broker.CreateTopic(topic, 1);
        await WorksAsync(broker.BootstrapServers);
    }

    [Fact]
    public async Task Run_ExampleConfiguration_WorksWithABrokerOfAnotherMake()
    {
        await using MokapiBroker broker = await MokapiBroker.StartAsync((Samples, 1), (Alerts, 1), (Rejected, 1));
        // It does not answer when a compressed batch is longer than a kilobyte.
        await WorksAsync(broker.BootstrapServers, "Sinks:alerts:Client:compression.type=none", "Sinks:rejected:Client:compression.type=none");
    }

    /// <summary>A leak gives an alert, a message that is none goes where it should, and a service that was killed goes on where it was.</summary>
    private static async Task WorksAsync(string servers, params string[] more)
    {
        using var directory = new TemporaryDirectory();
        string[] set =
        [
            $"Sources:plant:Client:bootstrap.servers={servers}", $"Sinks:alerts:Client:bootstrap.servers={servers}",
            $"Sinks:rejected:Client:bootstrap.servers={servers}", $"State:Directory={directory.Path}", "State:SnapshotInterval=00:00:00.2", "Http:Port=0",
            "Pipelines:pumps:Training:Warmup=00:05:00", "Pipelines:pumps:Training:MaxSteps=200", .. more,
        ];
        string[] arguments = ["run", "--config", RepositoryFiles.Path("configs", "kafka.json"), .. set.SelectMany(value => (string[])["--set", value])];
        ExternalTool Start() => DetectorProcess.Start(arguments);

        var rows = new PumpRows();
        await KcatTopic.ProduceAsync(servers, Samples, [.. rows.Take(340), ("pump-1", "no sample"), .. rows.Take(30, leak: true), .. rows.Take(160)]);
        await using KcatTopic alerts = KcatTopic.Follow(servers, Alerts);
        await using (RunningService service = await RunningService.StartAsync(Start()))
        {
            await alerts.WaitAsync(messages => Ids(messages).Count >= 1, "an alert of the first leak", () => service.Log);
            // Two, since the first that is counted may have begun before the model was there.
            for (int checkpoint = 0; checkpoint < 2; checkpoint++)
            {
                double done = Scrape.Value(await service.Endpoint.MetricsAsync(), Checkpoints);
                await KcatTopic.ProduceAsync(servers, Samples, rows.Take(15, leak: true));
                await service.WaitForMetricAsync(done + 1, Checkpoints);
            }

            await service.KillAsync();
        }

        await using RunningService again = await RunningService.StartAsync(Start());
        await KcatTopic.ProduceAsync(servers, Samples, rows.Take(160));
        IReadOnlyList<TopicMessage> all = await alerts.WaitAsync(
            messages => messages.Count(message => message.Payload.Contains("\"resolved\"", StringComparison.Ordinal)) >= 2, "the end of both leaks", () => again.Log);
        await again.StopAsync();

        var records = new Records();
        foreach (TopicMessage message in all)
            records.Take(message.Payload);
        Assert.Empty(records.Contradictions);
        Assert.DoesNotContain("Training the model", again.Log, StringComparison.Ordinal);
        Assert.Equal("no sample", Assert.Single(await KcatTopic.ReadAsync(servers, Rejected)).Payload);
    }

    private static HashSet<string> Ids(IEnumerable<TopicMessage> messages) =>
        [.. messages.Select(message => System.Text.Json.JsonDocument.Parse(message.Payload).RootElement.GetProperty("id").GetString()!)];
}
