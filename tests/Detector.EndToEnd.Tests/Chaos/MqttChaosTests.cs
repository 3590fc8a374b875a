using System.Globalization;
using System.Text.Json;
using Detector.EndToEnd.Tests.Service;
using Detector.Tests.Support;
using Detector.Worker.Tests;

namespace Detector.EndToEnd.Tests.Chaos;

/// <summary>The service on bad days, over MQTT: killed, and its mosquitto restarted. Nothing is missing, and what came twice came with the same content.</summary>
public sealed class MqttChaosTests
{
    private const int RowsAPublish = 20;

    private static readonly Random s_random = new(int.Parse(Environment.GetEnvironmentVariable("DETECTOR_CHAOS_SEED") ?? "1", CultureInfo.InvariantCulture));
    private static readonly int s_rounds = int.Parse(Environment.GetEnvironmentVariable("DETECTOR_CHAOS_ROUNDS") ?? "1", CultureInfo.InvariantCulture);

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public Task Killed_AtRandomPoints_ShowsNoDifferenceDownstream() => RunAsync("kill -9, over MQTT", async (configuration, _, service) =>
    {
        await service.KillAsync();
        return await RunningService.StartAsync(configuration);
    });

    [Fact]
    public Task Mosquitto_Restarted_ShowsNoDifferenceDownstream() => RunAsync("mosquitto restarted", async (_, broker, service) =>
    {
        await broker.StopAsync();
        await Task.Delay(s_random.Next(50, 1000), Stop);
        await broker.StartAgainAsync();
        return service;
    });

    private static async Task RunAsync(string name, Func<string, MosquittoBroker, RunningService, Task<RunningService>> disturb)
    {
        int seconds = ChaosPlant.WarmupRows + 300 + (s_rounds * 60);
        (_, Records undisturbed) = await RunAsync(seconds, 0, disturb, []);
        SortedDictionary<string, string> expected = undisturbed.All();
        (int done, Records seen) = await RunAsync(seconds, s_rounds, disturb, expected);
        SortedDictionary<string, string> actual = seen.All();
        TestContext.Current.TestOutputHelper!.WriteLine(Difference(name, done, expected, seen));
        Assert.Empty(seen.Contradictions);
        Assert.Equal(expected, actual);
        Assert.Contains(expected.Keys, key => key.StartsWith("alert", StringComparison.Ordinal));
    }

    private static string Difference(string name, int done, SortedDictionary<string, string> expected, Records seen) =>
        Records.Difference(name, done, expected, seen.All(), seen.Repeated, seen.Contradictions.Count);

    /// <param name="expected">What there was without a disturbance; empty where this is that run.</param>
    private static async Task<(int Done, Records Seen)> RunAsync(
        int seconds, int rounds, Func<string, MosquittoBroker, RunningService, Task<RunningService>> disturb, SortedDictionary<string, string> expected)
    {
        using var directory = new TemporaryDirectory();
        await using MosquittoBroker broker = await MosquittoBroker.StartAsync("autosave_interval 1\nautosave_on_changes true");
        string configuration = directory.Write("config.json", Text(broker.Port, directory.Path));
        // A subscriber that the broker remembers, so that its own restart loses nothing for it.
        await using ExternalTool scores = await broker.SubscribeAsync("plant/+/out", "-q", "1", "-c", "-V", "5", "-x", "3600");
        RunningService service = await RunningService.StartAsync(configuration);
        var seen = new Records();
        int done = 0;
        try
        {
            await service.WaitForLogAsync("Source plant is connected");
            int pumpsDone = 0;
            foreach ((int Pump, string Payload)[] chunk in ChaosPlant.Rows(seconds).Chunk(RowsAPublish * ChaosPlant.Pumps))
            {
                foreach (IGrouping<int, (int Pump, string Payload)> pump in chunk.GroupBy(row => row.Pump))
                    await broker.PublishAsync($"plant/pump-{pump.Key}/telemetry", pump.Select(row => row.Payload), "-q", "1");
                pumpsDone += chunk.Length;
                if (done < rounds && pumpsDone > (ChaosPlant.WarmupRows * ChaosPlant.Pumps) && s_random.Next(3) == 0)
                {
                    service = await disturb(configuration, broker, service);
                    done++;
                }
            }

            int enough = expected.Count > 0 ? expected.Count : (seconds - ChaosPlant.WarmupRows) * ChaosPlant.Pumps;
            await Eventually.HoldsAsync(
                () => seen.Read(scores.Output).Count >= enough,
                () => $"{seen.Count} of {enough} records; {Difference("so far", done, expected, seen)}\n{service.Log}",
                () => service.HasExited,
                TimeSpan.FromMinutes(2));
            await service.StopAsync();
            await Task.Delay(300, Stop);
            seen.Read(scores.Output);
        }
        finally
        {
            await service.DisposeAsync();
        }

        return (done, seen);
    }

    private static string Text(int port, string directory)
    {
        string server = string.Create(CultureInfo.InvariantCulture, $"mqtt://127.0.0.1:{port}");
        return JsonSerializer.Serialize(new
        {
            Detector = new
            {
                Sources = new
                {
                    plant = new
                    {
                        Type = "mqtt", Server = server, Topics = new[] { "plant/+/telemetry" }, Mqtt = new { ClientId = "detector" },
                        Decode = new { Format = "json", Series = "topic:1", Timestamp = "$.ts", Features = "$.values" },
                    },
                },
                Pipelines = new
                {
                    pumps = new
                    {
                        Sources = new[] { "plant" },
                        Window = new { Period = "00:00:01" },
                        Model = new { Networks = new[] { "linear" } },
                        Training = new { Warmup = TimeSpan.FromSeconds(ChaosPlant.WarmupRows).ToString("c"), MaxSteps = 100 },
                        Alert = new { MergeGap = "00:00:20" },
                        Sinks = new[] { "out" },
                        ScoreSinks = new[] { "out" },
                    },
                },
                Sinks = new { @out = new { Type = "mqtt", Server = server, Topic = "plant/{series}/out", Mqtt = new { Qos = 1 } } },
                State = new { Directory = Path.Combine(directory, "state"), SnapshotInterval = "00:00:00.5" },
                Http = new { Port = 0 },
                Device = "cpu",
            },
        });
    }
}
