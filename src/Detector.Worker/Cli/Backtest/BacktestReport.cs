using System.Globalization;
using System.Net;
using Detector.Worker.Cli.Report;
using Detector.Worker.Contracts;

namespace Detector.Worker.Cli.Backtest;

/// <summary>A backtest as one self-contained page: the score against the threshold, and every alert.</summary>
internal static class BacktestReport
{
    private const int Height = 300;
    private const int MaxPoints = 2200;

    public static void Write(string title, BacktestRun run, TextWriter output)
    {
        Page.Begin(output, title + ": backtest", title);
        output.WriteLine($"<p class=\"faint\">{WebUtility.HtmlEncode(run.Learned!.Report!.Threshold)}</p>");
        WritePlot(run, output);
        Page.Heading(output, "Alerts");
        output.WriteLine("<div class=\"scroll\"><table><tr><th>Started</th><th>Ended</th><th>Severity</th><th>Peak score</th><th>Strongest features at the peak</th></tr>");
        foreach (IGrouping<string, Alert> episode in run.Alerts.GroupBy(alert => alert.Id))
        {
            Alert last = episode.Last();
            if (last.Kind == AlertKind.Quality)
            {
                output.WriteLine(string.Create(
                    CultureInfo.InvariantCulture,
                    $"<tr><td>{last.StartedAt:yyyy-MM-dd HH:mm:ss}</td><td>{last.EndedAt:yyyy-MM-dd HH:mm:ss}</td><td>data</td><td></td><td>{WebUtility.HtmlEncode(AlertText.Trouble(last))}</td></tr>"));
                continue;
            }

            output.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"<tr><td>{last.StartedAt:yyyy-MM-dd HH:mm:ss}</td><td>{last.EndedAt:yyyy-MM-dd HH:mm:ss}</td><td>{AlertText.Word(last.Severity)}</td><td>{last.Peak.Score:F2}</td><td>{WebUtility.HtmlEncode(AlertText.Explain(last))}</td></tr>"));
        }

        output.WriteLine("</table></div>");
        Page.End(output);
    }

    private static void WritePlot(BacktestRun run, TextWriter output)
    {
        (long Ticks, Verdict Verdict)[] points = [.. run.Rows.Where(row => row.Verdict is not null).Select(row => (row.Ticks, row.Verdict!.Value))];
        if (points.Length == 0)
            return;
        double top = 1.05 * Math.Max(points.Max(point => point.Verdict.Score), points.Max(point => point.Verdict.Threshold));
        var plot = new Plot(
            "Score and threshold over time", Axis.OverTime(points[0].Ticks, points[^1].Ticks), new Axis("score", 0, top), Page.Width, Height);
        foreach (IGrouping<string, Alert> episode in run.Alerts.Where(alert => alert.Kind == AlertKind.Anomaly).GroupBy(alert => alert.Id))
        {
            Alert last = episode.Last();
            plot.Stretch(Axis.Time(last.StartedAt.UtcTicks), Axis.Time(last.EndedAt?.UtcTicks ?? points[^1].Ticks), "alert");
        }

        // Of the rows that share a point the highest is drawn, so that no peak disappears.
        int step = Math.Max(1, points.Length / MaxPoints);
        (long Ticks, Verdict Verdict)[] drawn = [.. points.Chunk(step).Select(rows => rows.MaxBy(point => point.Verdict.Score))];
        plot.Line(drawn.Select(point => (Axis.Time(point.Ticks), point.Verdict.Threshold)), "limit");
        plot.Line(drawn.Select(point => (Axis.Time(point.Ticks), point.Verdict.Score)), "score");
        Page.Figure(output, "Score", "against the threshold; red where an alert was open", plot);
    }
}
