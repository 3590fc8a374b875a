using Detector.Worker.Cli;
using Detector.Worker.Contracts;

namespace Detector.Worker.Tests.Cli;

public sealed class AlertTextTests
{
    [Theory]
    [InlineData("pump\u001b[2J", "pump\uFFFD[2J")]
    [InlineData("a\r\nb\u009b", "a\uFFFD\uFFFDb\uFFFD")]
    [InlineData("Pumpe 3 · Süd", "Pumpe 3 · Süd")]
    public void Safe_ControlCharacters_BecomeVisible(string text, string expected) => Assert.Equal(expected, AlertText.Safe(text));

    [Fact]
    public void Line_Firing_TellsSeriesSeverityScoreAndTwoFeatures() => Assert.Equal(
        "FIRING   pump\uFFFD1 critical at 2025-12-01 00:00:05: score 8.12 > 3.20; pressure 62% (4.91, expected 3.1), flow 30% (missing, expected 42)",
        AlertText.Line(Alert(AlertState.Firing)));

    [Fact]
    public void Line_Resolved_TellsHowLongItLasted() =>
        Assert.Equal("RESOLVED pump\uFFFD1 after 4 s, peak score 9.40", AlertText.Line(Alert(AlertState.Resolved)));

    private static Alert Alert(AlertState state)
    {
        var start = new DateTimeOffset(2025, 12, 1, 0, 0, 1, TimeSpan.Zero);
        return new Alert(
            "id", state, 1, "p", "pump\a1", Severity.Critical, start, start.AddSeconds(4), start.AddSeconds(4), 8.123, 3.2, 1e-7, new AlertPeak(start, 9.4),
            [
                new AlertFeature("pressure", 0.62, 4.91, 3.1, [2.8, 3.4]),
                new AlertFeature("flow", 0.3, null, 42, [40, 44]),
                new AlertFeature("speed", 0.08, 1, 1, [0, 2]),
            ],
            new AlertModel("v", ["linear"]), "hash");
    }
}
