namespace Detector.EndToEnd.Tests.Chaos;

/// <summary>A state directory that is gone, read-only or full.</summary>
public sealed class DiskChaosTests
{
    [Fact]
    public Task StateDirectory_GoneReadOnlyAndFull_ShowsNoDifferenceDownstream() => ChaosRun.RunAsync("state directory refuses", async (plant, service) =>
    {
        string folder = Path.Combine(plant.State, "state", "plant");
        if (!Directory.Exists(folder))
            return service;
        // Nothing can be written below what is no folder; that holds for root too, whom a read-only mark does not stop.
        Directory.Move(folder, folder + ".away");
        await File.WriteAllTextAsync(folder, "", ChaosRun.Stop);
        await Task.Delay(ChaosRun.Random.Next(300, 1500), ChaosRun.Stop);
        bool die = ChaosRun.Random.Next(2) == 0;
        if (die)
            await service.KillAsync();
        File.Delete(folder);
        Directory.Move(folder + ".away", folder);
        return die ? await plant.StartAsync() : service;
    });

    [Fact]
    public Task Disk_Full_ShowsNoDifferenceDownstream() => ChaosRun.RunAsync("disk full", async (plant, service) =>
    {
        // Where the next state is written aside stands a link to a device that is always full.
        long until = Environment.TickCount64 + ChaosRun.Random.Next(1500, 3000);
        while (Environment.TickCount64 < until)
        {
            string root = Path.Combine(plant.State, "state", "plant");
            foreach (string folder in Directory.Exists(root) ? Directory.GetDirectories(root) : [])
            {
                string aside = Path.Combine(folder, FormattableString.Invariant($".tmp-{service.ProcessId}"));
                if (!File.Exists(aside))
                    File.CreateSymbolicLink(aside, "/dev/full");
            }

            await Task.Delay(5, ChaosRun.Stop);
        }

        return service;
    });
}
