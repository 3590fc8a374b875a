using Detector.Tests.Support;
using Detector.Worker.Cli;

namespace Detector.Worker.Tests.Cli.Evaluate;

public sealed class EvaluateCommandTests : IDisposable
{
    private const string Golden = """
        {
          "auc_roc": 0.9166666666666666,
          "auc_pr": 0.8333333333333333,
          "vus_roc": 0.9166666666666666,
          "vus_pr": 0.8333333333333333,
          "f1": 0.5,
          "far": 0.16666666666666666,
          "mar": 0.5,
          "event_f1": 0.6666666666666666,
          "affiliation_f1": 0.7932692307692307,
          "detection_delay_seconds": 1,
          "false_alarms_per_day": 14400,
          "precision": 0.5,
          "recall": 0.5,
          "best_f1": 0.8,
          "affiliation_precision": 0.6875,
          "affiliation_recall": 0.9375,
          "events": 1,
          "events_found": 1,
          "false_alarms": 1,
          "files": 1,
          "rows": 8,
          "anomalous_rows": 2,
          "unscored_rows": 1,
          "unlabelled_rows": 0,
          "vus_window": [
            0
          ],
          "inflated": [
            "pa_f1"
          ],
          "pa_f1_random": 0.41,
          "pa_f1": 0.8
        }

        """;

    private readonly TemporaryDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    // By hand: the anomalous rows .7 and .95 win 11 of 12 pairs; one of two alarms is right; the zone is 0…8, the event 3…5, the detections 1…2 and
    // 4…5, so precision is (3/8 + 1) / 2 and recall (7/8 + 1) / 2. Chance: 1/28 · 1 + 12/28 · .8 = .38 is expected, 20 draws gave .41.
    [Fact]
    public async Task Evaluate_WorkedExample_WritesExactlyTheseKeysAndFigures()
    {
        ToolResult result = await DetectorProcess.RunAsync(
            "evaluate", "--scores", Scores(), "--labels", Labels(), "--vus-window", "0", "--merge-gap", "00:00:00", "--output", "json");

        Assert.Equal(ExitCodes.Ok, result.ExitCode);
        Assert.Equal("", result.Error);
        Assert.Equal(Golden, result.Output, ignoreLineEndingDifferences: true);
    }

    private string Scores() => _directory.Write("scores.csv", Text(
        "timestamp,score,threshold,anomaly,p_value", "2026-01-01T00:00:00Z,,,0,", "2026-01-01T00:00:01Z,0.9,0.8,1,0.01", "2026-01-01T00:00:02Z,0.2,0.8,0,0.5",
        "2026-01-01T00:00:03Z,0.7,0.8,0,0.1", "2026-01-01T00:00:04Z,0.95,0.8,1,0.01", "2026-01-01T00:00:05Z,0.3,0.8,0,0.5",
        "2026-01-01T00:00:06Z,0.1,0.8,0,0.5", "2026-01-01T00:00:07Z,0.0,0.8,0,0.9"));

    private string Labels() => _directory.Write("labels.csv", Text(
        "timestamp,flow,label", "2025-12-31T23:59:59Z,5,0", "2026-01-01T00:00:00Z,5,0", "2026-01-01T00:00:01Z,5,0", "2026-01-01T00:00:02Z,5,0",
        "2026-01-01T00:00:03Z,5,1", "2026-01-01T00:00:04Z,9,1", "2026-01-01T00:00:05Z,5,0", "2026-01-01T00:00:06Z,5,0", "2026-01-01T00:00:07Z,5,0"));

    private static string Text(params string[] lines) => string.Join('\n', lines) + "\n";
}
