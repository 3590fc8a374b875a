namespace Detector.EndToEnd.Tests.Chaos;

/// <summary>The service killed, with and without transactions, and with a snapshot that a crash has damaged.</summary>
public sealed class KillChaosTests
{
    [Fact]
    public Task Killed_AtRandomPoints_ShowsNoDifferenceDownstream() => ChaosRun.RunAsync("kill -9", async (plant, service) =>
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
        await ChaosRun.RunAsync("kill -9, transactions", plant, async (_, service) =>
        {
            await service.KillAsync();
            return await plant.StartAsync();
        });
    }

    [Fact]
    public Task Killed_AndItsNewestSnapshotTruncated_ShowsNoDifferenceDownstream() => ChaosRun.RunAsync("kill -9 and a truncated snapshot", async (plant, service) =>
    {
        await service.KillAsync();
        foreach (string folder in Directory.Exists(Path.Combine(plant.State, "state")) ? Directory.GetDirectories(Path.Combine(plant.State, "state", "plant")) : [])
        {
            string? newest = Directory.GetFiles(folder).Where(file => Path.GetExtension(file) is ".full" or ".delta").Order(StringComparer.Ordinal).LastOrDefault();
            if (newest is null || Directory.GetFiles(folder).Length < 2)
                continue;
            await using FileStream file = File.OpenWrite(newest);
            file.SetLength(ChaosRun.Random.NextInt64(file.Length));
        }

        return await plant.StartAsync();
    });
}
