using System.Globalization;
using Detector.Worker.Cli.Simulate;
using Detector.Worker.Simulation;

namespace Detector.Worker.Tests.Cli;

/// <summary>Weeks of a plant, from its samples to what became of its model.</summary>
public sealed class SimulateTests
{
    [Fact]
    public void Run_SlowFault_IsAskedAboutBeforeHalfOfItAndNotLearned()
    {
        SimulationOutcome outcome = Run(PlantChange.SlowFault, learning: true, days: 50);

        Assert.Equal(1, outcome.Questions);
        Assert.InRange(outcome.FoundAt ?? 1, 0, 0.5);
        Assert.True(outcome.IsOpenAtEnd);
        Assert.Equal(0, outcome.Blinder);
    }

    [Fact]
    public void Run_ReplacedSensor_IsAskedAboutAndTakenForTheNewNormal()
    {
        SimulationOutcome outcome = Run(PlantChange.Sensor, learning: true, days: 28);

        Assert.Equal(1, outcome.Questions);
        Assert.True(outcome.Promoted + outcome.Rejected > 0);
        Assert.Equal(0, outcome.Blinder);
    }

    [Fact]
    public void Run_NothingChanges_LearningOnCostsNoFalseAlarm()
    {
        SimulationOutcome off = Run(PlantChange.None, learning: false, days: 42);
        SimulationOutcome on = Run(PlantChange.None, learning: true, days: 42);

        Assert.True(
            on.FalseAlarmsBefore <= off.FalseAlarmsBefore && on.FalseAlarmsAfter <= off.FalseAlarmsAfter,
            $"A week: {off.FalseAlarmsBefore:F2} and {off.FalseAlarmsAfter:F2} without, {on.FalseAlarmsBefore:F2} and {on.FalseAlarmsAfter:F2} with.");
    }

    [Theory]
    [InlineData("none")]
    [InlineData("auto")]
    public void Run_WeeklyJob_IsNormalAfterItsSecondWeekWithAndWithoutTheCalendar(string season)
    {
        SimulationOutcome outcome = Assert.Single(new SimulationSettings(PlantChange.Batch, Learning: false, Seed: 1, Days: 42) { Season = season }.Run());

        Assert.True(outcome.FalseAlarmsAfter < 0.4, $"It is told of {outcome.FalseAlarmsAfter:F2} times a week.");
    }

    [Fact]
    public void Run_PumpsThatShareAModel_TheChangeOfOneIsAskedOfItAlone()
    {
        IReadOnlyList<SimulationOutcome> outcomes = new SimulationSettings(PlantChange.Sensor, Learning: true, Seed: 1, Days: 28) { Pumps = 3, HitsOne = true }.Run();

        Assert.Equal([true, false, false], outcomes.Select(outcome => outcome.Hit));
        Assert.Equal([1, 0, 0], outcomes.Select(outcome => outcome.Questions));
        Assert.Equal(0, outcomes[0].Blinder);
        Assert.True(outcomes[0].Promoted + outcomes[0].Rejected > 0);
    }

    [Theory]
    [InlineData("", 0)]
    [InlineData("1 2 3", 0)] // as many as one a week gives by chance
    [InlineData("0 1 2 3", 1)]
    [InlineData("0 1 2 3 4 5", 3)]
    [InlineData("10 11 12 13", 11)]
    [InlineData("29 30 31 32", null)] // the last week still has too many
    public void HoldsAfter_FromTheDayAfterWhichNoWeekHasTooMany(string days, int? holdsAfter)
    {
        var change = new DateTimeOffset(2026, 1, 26, 0, 0, 0, TimeSpan.Zero);

        int? holds = SimulationOutcome.HoldsAfter(
            [.. days.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(day => change.AddDays(double.Parse(day, CultureInfo.InvariantCulture) + 0.5))], change, change.AddDays(35));

        Assert.Equal(holdsAfter, holds);
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

    private static SimulationOutcome Run(PlantChange change, bool learning, int days) => Assert.Single(new SimulationSettings(change, learning, Seed: 1, days).Run());
}
