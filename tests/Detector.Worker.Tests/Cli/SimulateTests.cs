using Detector.Worker.Cli.Simulate;
using Detector.Worker.Simulation;

namespace Detector.Worker.Tests.Cli;

/// <summary>Weeks of a plant, from its samples to what became of its model.</summary>
public sealed class SimulateTests
{
    [Fact]
    public void Run_SlowFault_IsAskedAboutBeforeHalfOfItAndNotLearned()
    {
        SimulationOutcome outcome = SimulateCommand.Run(PlantChange.SlowFault, learning: true, seed: 1, days: 50);

        Assert.Equal(1, outcome.Questions);
        Assert.InRange(outcome.FoundAt ?? 1, 0, 0.5);
        Assert.True(outcome.IsOpenAtEnd);
        Assert.Equal(0, outcome.Blinder);
    }

    [Fact]
    public void Run_ReplacedSensor_IsAskedAboutAndTakenForTheNewNormal()
    {
        SimulationOutcome outcome = SimulateCommand.Run(PlantChange.Sensor, learning: true, seed: 1, days: 28);

        Assert.Equal(1, outcome.Questions);
        Assert.True(outcome.Promoted + outcome.Rejected > 0);
        Assert.Equal(0, outcome.Blinder);
    }

    [Fact]
    public void Run_NothingChanges_LearningOnCostsNoFalseAlarm()
    {
        SimulationOutcome off = SimulateCommand.Run(PlantChange.None, learning: false, seed: 1, days: 42);
        SimulationOutcome on = SimulateCommand.Run(PlantChange.None, learning: true, seed: 1, days: 42);

        Assert.True(
            on.FalseAlarmsBefore <= off.FalseAlarmsBefore && on.FalseAlarmsAfter <= off.FalseAlarmsAfter,
            $"A week: {off.FalseAlarmsBefore:F2} and {off.FalseAlarmsAfter:F2} without, {on.FalseAlarmsBefore:F2} and {on.FalseAlarmsAfter:F2} with.");
    }

    [Theory]
    [InlineData("none")]
    [InlineData("auto")]
    public void Run_WeeklyJob_IsNormalAfterItsSecondWeekWithAndWithoutTheCalendar(string season)
    {
        SimulationOutcome outcome = SimulateCommand.Run(PlantChange.Batch, learning: false, seed: 1, days: 42, season: season);

        Assert.True(outcome.FalseAlarmsAfter < 0.4, $"It is told of {outcome.FalseAlarmsAfter:F2} times a week.");
    }

    [Fact]
    public void Plant_SameSeed_SameSamples_OtherSeed_Others()
    {
        double[] one = Samples(1), same = Samples(1), other = Samples(2);
        Assert.Equal(one, same);
        Assert.NotEqual(one, other);

        static double[] Samples(int seed)
        {
            var start = new DateTimeOffset(2026, 1, 5, 0, 0, 0, TimeSpan.Zero);
            var plant = new PlantMonths(seed, PlantChange.Product, start, start.AddHours(5), TimeSpan.FromDays(1));
            double[] values = new double[PlantMonths.Sensors.Count];
            return [.. Enumerable.Range(0, 60).SelectMany(_ =>
            {
                plant.Next(values);
                return values.ToArray();
            })];
        }
    }
}
