using Detector.Models.Evaluation;

namespace Detector.Models.Tests.Evaluation;

public sealed class EventOutcomesTests
{
    private static readonly TimeSpan s_second = TimeSpan.FromSeconds(1);

    [Fact]
    public void Of_WorkedExample_CountsEventsAlarmsAndDelays()
    {
        //                     0      1     2      3      4     5     6     7      8      9
        bool[] labels =   [false, false, true,  true,  true, false, false, false, true, false];
        bool[] verdicts = [true,  false, false, false, true,  true, false, true,  false, false];
        EventOutcomes outcomes = Of(verdicts, labels, TimeSpan.Zero);

        Assert.Equal((1, 1), (outcomes.Found, outcomes.Missed));
        // Row 0 and row 7 are false alarms; rows 4 and 5 are one alarm that touches the event.
        Assert.Equal(2, outcomes.FalseAlarms);
        Assert.Equal(2.0 / 5, outcomes.F1, 1e-12);
        Assert.Equal([TimeSpan.FromSeconds(2)], outcomes.Delays);
        Assert.Equal(TimeSpan.FromSeconds(6), outcomes.NormalTime);
        Assert.Equal(2 * 86_400 / 6.0, outcomes.FalseAlarmsPerDay, 1e-6);
    }

    [Fact]
    public void Of_MergeGap_MakesNeighboursOneAlarm()
    {
        bool[] labels = new bool[8];
        bool[] verdicts = [true, false, true, false, false, true, false, false];
        Assert.Equal(3, Of(verdicts, labels, s_second).FalseAlarms);
        Assert.Equal(2, Of(verdicts, labels, 2 * s_second).FalseAlarms);
        Assert.Equal(1, Of(verdicts, labels, 3 * s_second).FalseAlarms);
    }

    [Fact]
    public void Of_AlarmThatGoesOnIntoAnEvent_IsNotFalseAndFindsItWithoutDelay()
    {
        EventOutcomes outcomes = Of([true, true, true, false], [false, false, true, true], TimeSpan.Zero);
        Assert.Equal((1, 0), (outcomes.Found, outcomes.FalseAlarms));
        Assert.Equal(0, outcomes.MedianDelaySeconds);
    }

    [Fact]
    public void Of_RowsFarApart_AreOneAlarmWhenTheyAreNeighbours()
    {
        long day = TimeSpan.TicksPerDay;
        Assert.Equal(1, EventOutcomes.Of([0, day, 2 * day], [true, true, false], new bool[3], s_second).FalseAlarms);
    }

    [Fact]
    public void Of_NoLabelsOrNoAlarms_IsUndefinedWhereItIs()
    {
        EventOutcomes quiet = Of(new bool[4], new bool[4], s_second);
        Assert.True(double.IsNaN(quiet.F1) && double.IsNaN(quiet.MedianDelaySeconds));
        Assert.Equal(0, quiet.FalseAlarmsPerDay);
        Assert.True(double.IsNaN(Of([true, true], [true, true], s_second).FalseAlarmsPerDay));
    }

    [Fact]
    public void Of_TimesThatGoBack_AreRefusedByRow()
    {
        var error = Assert.Throws<ArgumentException>(() => EventOutcomes.Of([5, 5], new bool[2], new bool[2], s_second));
        Assert.Contains("row 1", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Add_TwoSeries_PoolsThem()
    {
        EventOutcomes one = Of([true, false, true, false], [true, false, false, false], TimeSpan.Zero);
        EventOutcomes both = one.Add(Of([false, false, false], [false, true, false], TimeSpan.Zero));
        Assert.Equal((1, 1, 1), (both.Found, both.Missed, both.FalseAlarms));
        Assert.Equal(TimeSpan.FromSeconds(5), both.NormalTime);
    }

    private static EventOutcomes Of(bool[] verdicts, bool[] labels, TimeSpan mergeGap) =>
        EventOutcomes.Of([.. Enumerable.Range(0, labels.Length).Select(i => i * TimeSpan.TicksPerSecond)], verdicts, labels, mergeGap);
}
