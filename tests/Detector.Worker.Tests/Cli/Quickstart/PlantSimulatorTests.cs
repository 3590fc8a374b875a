using Detector.Worker.Cli.Quickstart;

namespace Detector.Worker.Tests.Cli.Quickstart;

public sealed class PlantSimulatorTests
{
    private static readonly DateTimeOffset s_start = new(2025, 12, 1, 0, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Step_SameSeed_SameSamples()
    {
        List<string> first = Run(7);
        Assert.Equal(2 * 400, first.Count);
        Assert.Equal(first, Run(7));
        Assert.NotEqual(first, Run(8));
    }

    [Fact]
    public void Faults_AreWholeAndOneAfterTheOther()
    {
        PlantSimulator plant = Plant(7);
        Assert.Equal(6, plant.Faults.Count);
        Assert.All(plant.Faults, fault => Assert.InRange(fault.End, fault.Start, s_start.AddHours(1)));
        Assert.All(plant.Faults.Zip(plant.Faults.Skip(1)), pair => Assert.True(pair.First.End < pair.Second.Start));
        Assert.Equal(Enum.GetValues<FaultKind>(), plant.Faults.Take(5).Select(fault => fault.Kind));
        Assert.All(plant.Faults, fault => Assert.Subset(PumpSimulator.Sensors.ToHashSet(), fault.Features.ToHashSet()));
    }

    private static PlantSimulator Plant(int seed) => new(seed, pumps: 2, s_start, s_start.AddMinutes(5), s_start.AddHours(1));

    private static List<string> Run(int seed)
    {
        PlantSimulator plant = Plant(seed);
        var samples = new List<string>();
        for (int i = 0; i < 400; i++)
            plant.Step((pump, at, values) => samples.Add($"{pump} {at:O} {string.Join(' ', values.ToArray())}"));
        return samples;
    }
}
