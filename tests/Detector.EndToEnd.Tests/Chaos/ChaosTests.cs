using System.Globalization;
using Detector.EndToEnd.Tests.Service;
using Detector.Tests.Support;
using Detector.Worker.Cli.Quickstart;

namespace Detector.EndToEnd.Tests.Chaos;

/// <summary>
/// The service on bad days, over Kafka. What it published in the end is held against a run that nothing disturbed: nothing is missing, and what
/// came twice came with the same content. <c>eng/chaos.sh</c> runs the same for longer.
/// </summary>
public sealed class ChaosTests
{
    private static readonly Random s_random = new(int.Parse(Environment.GetEnvironmentVariable("DETECTOR_CHAOS_SEED") ?? "1", CultureInfo.InvariantCulture));

    /// <summary>Disturbances of each kind.</summary>
    private static readonly int s_rounds = int.Parse(Environment.GetEnvironmentVariable("DETECTOR_CHAOS_ROUNDS") ?? "1", CultureInfo.InvariantCulture);

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public Task Killed_AtRandomPoints_ShowsNoDifferenceDownstream() => RunAsync("kill -9", async (plant, service) =>
    {
        await service.KillAsync();
        return await plant.StartAsync();
    });

    /// <summary>
    /// The embedded broker forgets the offsets of a transaction and shows what was never committed, so that repeated records may be seen here where
    /// readers of committed records see none; that none is missing or contradicts another is the same.
    /// </summary>
    [Fact]
    public async Task Killed_WithTransactions_ShowsNoDifferenceDownstream()
    {
        using var plant = new ChaosPlant(delivery: "exactly-once");
        await RunAsync("kill -9, transactions", plant, async (_, service) =>
        {
            await service.KillAsync();
            return await plant.StartAsync();
        });
    }

    [Fact]
    public Task Killed_AndItsNewestSnapshotTruncated_ShowsNoDifferenceDownstream() => RunAsync("kill -9 and a truncated snapshot", async (plant, service) =>
    {
        await service.KillAsync();
        foreach (string folder in Directory.Exists(Path.Combine(plant.State, "state")) ? Directory.GetDirectories(Path.Combine(plant.State, "state", "plant")) : [])
        {
            string? newest = Directory.GetFiles(folder).Where(file => Path.GetExtension(file) is ".full" or ".delta").Order(StringComparer.Ordinal).LastOrDefault();
            if (newest is null || Directory.GetFiles(folder).Length < 2)
                continue;
            await using FileStream file = File.OpenWrite(newest);
            file.SetLength(s_random.NextInt64(file.Length));
        }

        return await plant.StartAsync();
    });

    [Fact]
    public Task Broker_DownAndUp_ShowsNoDifferenceDownstream() => RunAsync("broker down and up", async (plant, service) =>
    {
        plant.Broker.SetBrokerDown();
        await Task.Delay(s_random.Next(100, 1500), Stop);
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
        await RunAsync("request errors", plant, async (_, service) =>
        {
            (EmbeddedBrokerRequest request, int[] errors) = faults[s_random.Next(faults.Length)];
            // Longer than the feed pauses between its rows.
            plant.Broker.SetRoundTripTime(TimeSpan.FromMilliseconds(s_random.Next(200, 400)));
            await Task.Delay(500, Stop);
            s_random.Shuffle(errors);
            plant.Broker.PushRequestErrors(request, errors[..s_random.Next(1, errors.Length + 1)]);
            await Task.Delay(1500, Stop);
            plant.Broker.ClearRequestErrors(request);
            plant.Broker.SetRoundTripTime(TimeSpan.Zero);
            return service;
        });
    }

    [Fact]
    public Task StateDirectory_GoneReadOnlyAndFull_ShowsNoDifferenceDownstream() => RunAsync("state directory refuses", async (plant, service) =>
    {
        string folder = Path.Combine(plant.State, "state", "plant");
        if (!Directory.Exists(folder))
            return service;
        // Nothing can be written below what is no folder; that holds for root too, whom a read-only mark does not stop.
        Directory.Move(folder, folder + ".away");
        await File.WriteAllTextAsync(folder, "", Stop);
        await Task.Delay(s_random.Next(300, 1500), Stop);
        bool die = s_random.Next(2) == 0;
        if (die)
            await service.KillAsync();
        File.Delete(folder);
        Directory.Move(folder + ".away", folder);
        return die ? await plant.StartAsync() : service;
    });

    [Fact]
    public Task Disk_Full_ShowsNoDifferenceDownstream() => RunAsync("disk full", async (plant, service) =>
    {
        // Where the next state is written aside stands a link to a device that is always full.
        long until = Environment.TickCount64 + s_random.Next(1500, 3000);
        while (Environment.TickCount64 < until)
        {
            string root = Path.Combine(plant.State, "state", "plant");
            foreach (string folder in Directory.Exists(root) ? Directory.GetDirectories(root) : [])
            {
                string aside = Path.Combine(folder, FormattableString.Invariant($".tmp-{service.ProcessId}"));
                if (!File.Exists(aside))
                    File.CreateSymbolicLink(aside, "/dev/full");
            }

            await Task.Delay(5, Stop);
        }

        return service;
    });

    [Fact]
    public async Task Workers_ShareATopicAndOneDiesNowAndThen_ShowsNoDifferenceDownstream()
    {
        int other = 2;
        await using S3Server models = await S3Server.StartAsync();
        using var plant = new ChaosPlant(workers: 3, models);
        RunningService second = await plant.StartAsync(1), third = await plant.StartAsync(2);
        try
        {
            await RunAsync("kill -9 of one of three workers", plant, async (_, service) =>
            {
                // In turn: the one that the others took over from comes back before the next one dies.
                other = (other + 1) % 3;
                switch (other)
                {
                    case 0:
                        await service.KillAsync();
                        return await plant.StartAsync();
                    case 1:
                        await second.KillAsync();
                        second = await plant.StartAsync(1);
                        return service;
                    default:
                        await third.KillAsync();
                        third = await plant.StartAsync(2);
                        return service;
                }
            });
        }
        finally
        {
            await second.DisposeAsync();
            await third.DisposeAsync();
        }
    }

    private static async Task RunAsync(string name, Func<ChaosPlant, RunningService, Task<RunningService>> disturb)
    {
        using var plant = new ChaosPlant();
        await RunAsync(name, plant, disturb);
    }

    private static async Task RunAsync(string name, ChaosPlant plant, Func<ChaosPlant, RunningService, Task<RunningService>> disturb)
    {
        // A round takes a few seconds; the feed goes on for as long.
        int seconds = ChaosPlant.WarmupRows + 300 + (s_rounds * 400);
        const double Speed = 80;
        using var undisturbed = new ChaosPlant();
        SortedDictionary<string, string> expected = await UndisturbedAsync(undisturbed, seconds);

        Task feed = plant.FeedAsync(ChaosPlant.Rows(seconds), Speed, Stop);
        RunningService service = await plant.StartAsync();
        int done = 0;
        string[] Missing() => plant.Observed.Look(records => expected.Keys.Where(key => !records.Contains(key)).ToArray());
        string Difference() => plant.Observed.Look(
            records => Records.Difference(name, done, expected, records.All(), records.Repeated, records.Contradictions.Count));
        try
        {
            for (; done < s_rounds; done++)
            {
                // Mostly in the middle of its work, now and then before it has any.
                int until = plant.Observed.Count + s_random.Next(1, 600);
                long latest = Environment.TickCount64 + (s_random.Next(4) == 0 ? s_random.Next(4000) : 20_000);
                while (plant.Observed.Count < until && Environment.TickCount64 < latest)
                    await Task.Delay(10, Stop);
                service = await disturb(plant, service);
            }

            await feed;
            await Eventually.HoldsAsync(
                () => Missing().Length == 0,
                () => $"{Difference()}\n{plant.LookAgainFor(Missing())}\n{service.Log}",
                () => service.HasExited,
                TimeSpan.FromMinutes(2));
            await service.StopAsync();
            await Eventually.HoldsAsync(plant.Observed.AtEnd, () => $"The observer has not come to the end of what was published after {done} times {name}.");
        }
        finally
        {
            await service.DisposeAsync();
        }

        TestContext.Current.TestOutputHelper!.WriteLine(Difference());
        Assert.Empty(plant.Observed.Look(records => records.Contradictions.ToArray()));
        Assert.Equal(expected, plant.Observed.Look(records => records.All()));
        Assert.Contains(expected.Keys, key => key.StartsWith("alert", StringComparison.Ordinal));
    }

    private static async Task<SortedDictionary<string, string>> UndisturbedAsync(ChaosPlant plant, int seconds)
    {
        await using RunningService service = await plant.StartAsync();
        await plant.FeedAsync(ChaosPlant.Rows(seconds), 400, Stop);
        int scores = (seconds - ChaosPlant.WarmupRows) * ChaosPlant.Pumps;
        await Eventually.HoldsAsync(
            () => plant.Observed.Look(records => records.Scores) >= scores,
            () => $"{plant.Observed.Look(records => records.Scores)} of {scores} scores of the undisturbed run. {service.Log}",
            () => service.HasExited,
            TimeSpan.FromMinutes(2));
        await service.StopAsync();
        await Eventually.HoldsAsync(plant.Observed.AtEnd, () => "The observer has not come to the end of the undisturbed run.");
        Assert.Equal(0, plant.Observed.Look(records => records.Repeated));
        return plant.Observed.Look(records => records.All());
    }
}
