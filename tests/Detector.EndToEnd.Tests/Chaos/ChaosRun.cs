using System.Globalization;
using Detector.EndToEnd.Tests.Service;

namespace Detector.EndToEnd.Tests.Chaos;

/// <summary>
/// The service on a bad day, over Kafka. What it published in the end is held against a run that nothing disturbed: nothing is missing, and what
/// came twice came with the same content. <c>eng/chaos.sh</c> runs the same for longer.
/// </summary>
internal static class ChaosRun
{
    /// <summary>The same disturbances for the same <c>DETECTOR_CHAOS_SEED</c>.</summary>
    public static Random Random { get; } = new(Number("DETECTOR_CHAOS_SEED"));

    /// <summary>Disturbances of each kind.</summary>
    private static int Rounds { get; } = Number("DETECTOR_CHAOS_ROUNDS");

    public static CancellationToken Stop => TestContext.Current.CancellationToken;

    private static int Number(string variable) => int.Parse(Environment.GetEnvironmentVariable(variable) ?? "1", CultureInfo.InvariantCulture);

    public static async Task RunAsync(string name, Func<ChaosPlant, RunningService, Task<RunningService>> disturb)
    {
        using var plant = new ChaosPlant();
        await RunAsync(name, plant, disturb);
    }

    public static async Task RunAsync(string name, ChaosPlant plant, Func<ChaosPlant, RunningService, Task<RunningService>> disturb)
    {
        // A round takes a few seconds; the feed goes on for as long.
        int seconds = ChaosPlant.WarmupRows + 300 + (Rounds * 400);
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
            for (; done < Rounds; done++)
            {
                // Mostly in the middle of its work, now and then before it has any.
                int until = plant.Observed.Count + Random.Next(1, 600);
                long latest = Environment.TickCount64 + (Random.Next(4) == 0 ? Random.Next(4000) : 20_000);
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
