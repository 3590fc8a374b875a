using Detector.Worker.Cli.Quickstart;
using Detector.Worker.Contracts;

namespace Detector.Worker.Tests.Cli.Quickstart;

public sealed class QuickstartSummaryTests
{
    private static readonly DateTimeOffset s_start = new(2025, 12, 1, 0, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Of_AlertWhileTheFaultLasts_IsFoundWithItsDelay()
    {
        QuickstartSummary summary = QuickstartSummary.Of([Fault(100, 250)], [Alert(112), Alert(240)]);
        FaultReport report = Assert.Single(summary.Faults);
        Assert.Equal((TimeSpan.FromSeconds(12), true), (report.Delay, report.Explained));
        Assert.Equal((1, 0, 0), (summary.Found, summary.Missed, summary.FalseAlarms.Count));
        Assert.Equal(TimeSpan.FromSeconds(12), summary.MedianDelay);
    }

    [Fact]
    public void Of_AlertBeforeTheFaultOnAnotherSeriesOrLongAfter_IsFalseAndTheFaultMissed()
    {
        QuickstartSummary summary = QuickstartSummary.Of([Fault(100, 250)], [Alert(99), Alert(120, "other"), Alert(551)]);
        Assert.Equal((0, 1, 3), (summary.Found, summary.Missed, summary.FalseAlarms.Count));
        Assert.Null(summary.MedianDelay);
    }

    [Fact]
    public void Of_AlertSoonAfterTheFault_IsNeitherFindNorFalse()
    {
        QuickstartSummary summary = QuickstartSummary.Of([Fault(100, 250)], [Alert(550)]);
        Assert.Equal((0, 1, 0), (summary.Found, summary.Missed, summary.FalseAlarms.Count));
    }

    [Fact]
    public void Of_FaultThatHasJustBegun_IsNotMissedButExcusesItsAlert()
    {
        Assert.Empty(QuickstartSummary.Of([Fault(100, 250) with { Counts = false }], []).Faults);
        QuickstartSummary summary = QuickstartSummary.Of([Fault(100, 250) with { Counts = false }], [Alert(105)]);
        Assert.Equal((1, 0, 0), (summary.Found, summary.Missed, summary.FalseAlarms.Count));
    }

    [Fact]
    public void Of_AlertWithAnotherSensorOnTop_IsFoundButNotExplained()
    {
        KnownEvent fault = Fault(100, 250) with { Features = ["pressure"] };
        Assert.False(Assert.Single(QuickstartSummary.Of([fault], [Alert(110)]).Faults).Explained);
        Assert.Null(Assert.Single(QuickstartSummary.Of([fault with { Features = [] }], [Alert(110)]).Faults).Explained);
    }

    private static KnownEvent Fault(int from, int to) => new("s", "fault", s_start.AddSeconds(from), s_start.AddSeconds(to), ["flow"]);

    private static Alert Alert(int second, string series = "s") => new(
        "id", AlertState.Firing, 1, "p", series, Severity.Warning, s_start.AddSeconds(second), s_start.AddSeconds(second), null, 2, 1, 0.1,
        new AlertPeak(s_start, 2), [new AlertFeature("flow", 0.6, 1, 1, [0, 2]), new AlertFeature("pressure", 0.4, 1, 1, [0, 2])], new AlertModel("v", []), "");
}
