using System.Globalization;
using System.Text.Json;
using Detector.Models.Training;
using Detector.Worker.Contracts;

namespace Detector.Worker.Cli.Backtest;

/// <summary>Writes what a backtest found.</summary>
internal static class BacktestOutput
{
    public static void Write(BacktestArguments arguments, BacktestRun run, TextWriter output)
    {
        if (arguments.Scores is not null)
        {
            using var file = new StreamWriter(arguments.Scores);
            WriteScores(run.Rows, file);
        }

        if (arguments.Report is not null)
        {
            using var file = new StreamWriter(arguments.Report);
            BacktestReport.Write(FileSeries.NameOf(arguments.Input), run, file);
        }

        BacktestSummary summary = Summarise(run);
        if (arguments.Json)
            output.WriteLine(JsonSerializer.Serialize(summary, BacktestJson.Default.BacktestSummary));
        else
            WriteText(summary, run, output);
    }

    /// <summary>One line a row; score and p-value are empty, and anomaly is 0, while the window fills.</summary>
    public static void WriteScores(IEnumerable<BacktestRow> rows, TextWriter output)
    {
        output.Write("timestamp,score,threshold,anomaly,p_value\n");
        foreach (BacktestRow row in rows)
        {
            string time = new DateTime(row.Ticks, DateTimeKind.Utc).ToString("yyyy-MM-dd'T'HH:mm:ss.FFFFFFF'Z'", CultureInfo.InvariantCulture);
            output.Write(row.Verdict is { } verdict
                ? string.Create(CultureInfo.InvariantCulture, $"{time},{verdict.Score:R},{verdict.Threshold:R},{(verdict.Anomalous ? 1 : 0)},{verdict.PValue:R}\n")
                : $"{time},,,0,\n");
        }
    }

    private static BacktestSummary Summarise(BacktestRun run)
    {
        TrainingReport report = run.Learned!.Report!;
        return new BacktestSummary(
            report.Samples,
            run.Rows.Count,
            run.Rows.Count(row => row.Verdict is not null),
            run.Rows.Count(row => row.Verdict is { Anomalous: true }),
            run.Learned.Threshold.Value,
            report.Threshold,
            run.Dropped.ToDictionary(pair => pair.Key.Label(), pair => pair.Value, StringComparer.Ordinal),
            report,
            Firing(run, AlertKind.Anomaly),
            Firing(run, AlertKind.Quality));
    }

    private static List<Alert> Firing(BacktestRun run, AlertKind kind) =>
        [.. run.Alerts.Where(alert => alert.State == AlertState.Firing && alert.Kind == kind)];

    private static void WriteText(BacktestSummary summary, BacktestRun run, TextWriter output)
    {
        output.WriteLine($"learned from {summary.TrainingRows:N0} rows in {summary.Training.Seconds:F1} s; {summary.ThresholdBasis}");
        output.WriteLine($"scored {summary.ScoredRows:N0} of {summary.Rows:N0} rows, {summary.AnomalousRows:N0} above the threshold");
        foreach ((string reason, int count) in summary.Dropped)
            output.WriteLine($"dropped {count:N0} rows: {reason}");
        foreach (Alert alert in run.Alerts)
            output.WriteLine(AlertText.Line(alert));
    }
}
