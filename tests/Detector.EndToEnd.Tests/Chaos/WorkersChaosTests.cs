using Detector.EndToEnd.Tests.Service;
using Detector.Tests.Support;

namespace Detector.EndToEnd.Tests.Chaos;

/// <summary>Several workers that share a topic, of which one dies now and then.</summary>
public sealed class WorkersChaosTests
{
    [Theory]
    [InlineData("at-least-once")]
    [InlineData("exactly-once")]
    public async Task Workers_ShareATopicAndOneDiesNowAndThen_ShowsNoDifferenceDownstream(string delivery)
    {
        int other = 2;
        await using S3Server models = await S3Server.StartAsync();
        using var plant = new ChaosPlant(workers: 3, models, delivery);
        RunningService second = await plant.StartAsync(1), third = await plant.StartAsync(2);
        try
        {
            await ChaosRun.RunAsync($"kill -9 of one of three workers, {delivery}", plant, async (_, service) =>
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
}
