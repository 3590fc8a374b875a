using System.Globalization;
using System.Text.RegularExpressions;
using Detector.EndToEnd.Tests.Service;
using Detector.Worker.Cli.Quickstart;

namespace Detector.EndToEnd.Tests.Chaos;

/// <summary>
/// The service reads log lines and is killed, in the middle of buckets, sessions and stack traces: no score, alert, template or example line differs
/// from a run that nothing disturbed.
/// </summary>
public sealed partial class LogChaosTests
{
    /// <summary>Event time of the lines; the last of them are left out of the comparison, since their buckets end by the clock.</summary>
    private const int Seconds = 3200, Tail = 60;

    /// <summary>Seconds of event time in one of the clock's.</summary>
    private const int Speed = 250;

    private static readonly Random s_random = new(int.Parse(Environment.GetEnvironmentVariable("DETECTOR_CHAOS_SEED") ?? "1", CultureInfo.InvariantCulture));
    private static readonly int s_rounds = int.Parse(Environment.GetEnvironmentVariable("DETECTOR_CHAOS_ROUNDS") ?? "1", CultureInfo.InvariantCulture);

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Killed_AtRandomPoints_ShowsNoDifferenceDownstream(bool file)
    {
        (SortedDictionary<string, string> expected, SortedDictionary<string, string> templates, _, _) = await RunAsync(file, kills: 0, Speed * 8);
        int kills = 2 + s_rounds;
        (SortedDictionary<string, string> actual, SortedDictionary<string, string> templatesToo, int repeated, int contradictions) = await RunAsync(file, kills, Speed);
        TestContext.Current.TestOutputHelper!.WriteLine(
            Records.Difference($"kill -9 while it reads lines from {(file ? "a file" : "Kafka")}", kills, expected, actual, repeated, contradictions));
        Assert.Equal(0, contradictions);
        Assert.Equal(expected, actual);
        Assert.Equal(templates, templatesToo);
        Assert.Contains("request * answered * in *", templates.Values);
        Assert.Contains(expected, record => record.Key.StartsWith("alert", StringComparison.Ordinal) && record.Value.Contains("\"examples\":[\"", StringComparison.Ordinal));
    }

    private static async Task<(SortedDictionary<string, string> Records, SortedDictionary<string, string> Templates, int Repeated, int Contradictions)> RunAsync(bool file, int kills, int speed)
    {
        using var plant = new LogPlant(file);
        RunningService service = await RunningService.StartAsync(plant.Configuration);
        try
        {
            ServiceSimulator[] services = LogPlant.Simulators();
            int[] at = [.. Enumerable.Range(0, kills).Select(_ => s_random.Next(50, Seconds - 200)).Order()];
            for (int second = 0, killed = 0; second < Seconds; second++)
            {
                plant.Write(second, services);
                if (second % (speed / 20) == 0)
                    await Task.Delay(TimeSpan.FromSeconds(0.05), Stop);
                if (killed == kills || second < at[killed])
                    continue;
                killed++;
                await service.KillAsync();
                service = await RunningService.StartAsync(plant.Configuration);
            }

            plant.Flush();
            string last = LogPlant.TimeOf(Seconds - Tail).UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss", CultureInfo.InvariantCulture);
            await Eventually.HoldsAsync(
                () => plant.Observed.Look(records => records.All().Keys.Count(key => key.StartsWith("score", StringComparison.Ordinal) && key.Contains(last, StringComparison.Ordinal))) >= LogPlant.Services,
                () => $"No scores of {last} among {plant.Observed.Count} records. {service.Log}", () => service.HasExited, TimeSpan.FromMinutes(2));
            await service.StopAsync();
        }
        finally
        {
            await service.DisposeAsync();
        }

        SortedDictionary<string, string> templates = await plant.TemplatesAsync();
        return plant.Observed.Look(records => (
            new SortedDictionary<string, string>(records.All().Where(record => Time(record.Value) < LogPlant.TimeOf(Seconds - Tail)).ToDictionary(), StringComparer.Ordinal),
            templates, records.Repeated, records.Contradictions.Count));
    }

    private static DateTimeOffset Time(string record) => DateTimeOffset.Parse(TimeOfRecord().Match(record).Groups[1].Value, CultureInfo.InvariantCulture);

    [GeneratedRegex("\"(?:timestamp|updatedAt)\":\"([^\"]+)\"")]
    private static partial Regex TimeOfRecord();
}
