using System.Globalization;
using System.Net;
using System.Text;
using Detector.Worker.Contracts;

namespace Detector.Worker.Cli.Backtest;

/// <summary>A backtest as one self-contained page: the score against the threshold, and every alert.</summary>
internal static class BacktestReport
{
    private const int Width = 1100;
    private const int Height = 260;
    private const int MaxPoints = 2200;

    public static void Write(string title, BacktestRun run, TextWriter output)
    {
        string name = WebUtility.HtmlEncode(title);
        output.WriteLine($$"""
            <!doctype html><html lang="en"><head><meta charset="utf-8"><title>{{name}}: backtest</title><style>
            :root { color-scheme: light dark; font: 15px/1.5 system-ui, sans-serif } body { max-width: {{Width}}px; margin: 2em auto; padding: 0 1em }
            svg { width: 100%; height: auto; background: color-mix(in srgb, currentColor 4%, transparent) } .score { stroke: #2b7cd3; fill: none; stroke-width: 1.2 }
            .limit { stroke: #d33; fill: none; stroke-dasharray: 5 4 } .alert { fill: #d33; opacity: .15 } table { border-collapse: collapse; width: 100% }
            th, td { text-align: left; padding: .3em .8em .3em 0; border-bottom: 1px solid color-mix(in srgb, currentColor 20%, transparent) } text { font-size: 11px; fill: currentColor }
            </style></head><body><h1>{{name}}</h1>
            <p>{{WebUtility.HtmlEncode(run.Learned!.Report!.Threshold)}}</p>
            """);
        WritePlot(run, output);
        output.WriteLine("<h2>Alerts</h2><table><tr><th>Started</th><th>Ended</th><th>Severity</th><th>Peak score</th><th>Strongest features at the peak</th></tr>");
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

        output.WriteLine("</table></body></html>");
    }

    private static void WritePlot(BacktestRun run, TextWriter output)
    {
        (long Ticks, Verdict Verdict)[] points = [.. run.Rows.Where(row => row.Verdict is not null).Select(row => (row.Ticks, row.Verdict!.Value))];
        if (points.Length == 0)
            return;
        long first = points[0].Ticks;
        double span = Math.Max(1, points[^1].Ticks - first);
        double top = 1.05 * Math.Max(points.Max(point => point.Verdict.Score), points.Max(point => point.Verdict.Threshold));
        double X(long ticks) => (ticks - first) / span * Width;
        double Y(double value) => Height - Math.Clamp(value, 0, top) / top * Height;

        var score = new StringBuilder();
        var limit = new StringBuilder();
        int step = Math.Max(1, points.Length / MaxPoints);
        for (int i = 0; i < points.Length; i += step)
        {
            // Of the rows that share a point the highest is drawn, so that no peak disappears.
            (long ticks, Verdict peak) = points[i..Math.Min(points.Length, i + step)].MaxBy(point => point.Verdict.Score);
            score.Append(CultureInfo.InvariantCulture, $"{X(ticks):F1},{Y(peak.Score):F1} ");
            limit.Append(CultureInfo.InvariantCulture, $"{X(ticks):F1},{Y(peak.Threshold):F1} ");
        }

        output.WriteLine($"<svg viewBox=\"0 0 {Width} {Height}\" role=\"img\" aria-label=\"Score and threshold over time\">");
        foreach (IGrouping<string, Alert> episode in run.Alerts.Where(alert => alert.Kind == AlertKind.Anomaly).GroupBy(alert => alert.Id))
        {
            Alert last = episode.Last();
            double from = X(last.StartedAt.UtcTicks);
            double to = X((last.EndedAt ?? new DateTimeOffset(points[^1].Ticks, TimeSpan.Zero)).UtcTicks);
            output.WriteLine(string.Create(
                CultureInfo.InvariantCulture, $"<rect class=\"alert\" x=\"{from:F1}\" y=\"0\" width=\"{Math.Max(1.5, to - from):F1}\" height=\"{Height}\"/>"));
        }

        output.WriteLine($"<polyline class=\"limit\" points=\"{limit}\"/><polyline class=\"score\" points=\"{score}\"/>");
        output.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"<text x=\"4\" y=\"14\">{top:F1}</text><text x=\"4\" y=\"{Height - 6}\">{new DateTime(first):yyyy-MM-dd HH:mm}</text><text x=\"{Width - 4}\" y=\"{Height - 6}\" text-anchor=\"end\">{new DateTime(points[^1].Ticks):yyyy-MM-dd HH:mm}</text></svg>"));
    }
}
