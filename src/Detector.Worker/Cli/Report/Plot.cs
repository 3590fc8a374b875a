using System.Globalization;
using System.Net;
using System.Text;

namespace Detector.Worker.Cli.Report;

/// <summary>A picture in the coordinates of its axes, as SVG that takes its colours from the classes of <see cref="Page"/>.</summary>
/// <param name="title">What it shows, for those who cannot see it.</param>
/// <param name="x">The axis across.</param>
/// <param name="y">The axis up.</param>
/// <param name="width">Pixels, scaled to the page.</param>
/// <param name="height">Pixels.</param>
internal sealed class Plot(string title, Axis x, Axis y, int width, int height)
{
    private const int Left = 52, Right = 10, Top = 10, Bottom = 38;
    private const int PixelsAcross = 62, PixelsUp = 34; // room that a tick's text takes
    private readonly StringBuilder _body = new();

    /// <summary>Connects points.</summary>
    public void Line(IEnumerable<(double X, double Y)> points, string style)
    {
        Open("polyline", style);
        _body.Append(" points=\"");
        foreach ((double px, double py) in points)
            _body.Append(CultureInfo.InvariantCulture, $"{Across(px):F1},{Up(py):F1} ");
        _body.Append("\"/>");
    }

    /// <summary>The outline of a histogram.</summary>
    /// <param name="from">Where the first bin begins.</param>
    /// <param name="to">Where the last one ends.</param>
    /// <param name="heights">Height of each bin; all are equally wide.</param>
    public void Histogram(double from, double to, IReadOnlyList<double> heights, string style)
    {
        Open("path", style);
        _body.Append(CultureInfo.InvariantCulture, $" d=\"M{Across(from):F1},{Up(y.Least):F1}");
        for (int i = 0; i < heights.Count; i++)
            _body.Append(CultureInfo.InvariantCulture, $"V{Up(heights[i]):F1}H{Across(from + (to - from) * (i + 1) / heights.Count):F1}");
        _body.Append(CultureInfo.InvariantCulture, $"V{Up(y.Least):F1}\"/>");
    }

    /// <summary>Dots, coloured from first to last in time.</summary>
    /// <param name="points">Where each is, and its time from 0 to 1.</param>
    public void Dots(IEnumerable<(double X, double Y, double Time)> points)
    {
        foreach ((double px, double py, double time) in points)
            _body.Append(CultureInfo.InvariantCulture, $"<circle class=\"dot\" cx=\"{Across(px):F1}\" cy=\"{Up(py):F1}\" r=\"2.4\" style=\"--t:{time * 100:F0}%\"/>");
    }

    /// <summary>A line straight up at a value, with words beside it.</summary>
    public void Mark(double at, string words, string style)
    {
        double place = Across(at);
        bool right = place < Left + (width - Left - Right) * 0.7;
        _body.Append(CultureInfo.InvariantCulture, $"<path class=\"{style}\" d=\"M{place:F1},{Top}V{height - Bottom}\"/>");
        _body.Append(CultureInfo.InvariantCulture, $"<text x=\"{place + (right ? 5 : -5):F1}\" y=\"{Top + 12}\" text-anchor=\"{(right ? "start" : "end")}\">{WebUtility.HtmlEncode(words)}</text>");
    }

    /// <summary>A stretch of the axis across.</summary>
    public void Stretch(double from, double to, string style) => _body.Append(
        CultureInfo.InvariantCulture,
        $"<rect class=\"{style}\" x=\"{Across(from):F1}\" y=\"{Top}\" width=\"{Math.Max(1.5, Across(to) - Across(from)):F1}\" height=\"{height - Top - Bottom}\"/>");

    /// <summary>Writes the picture.</summary>
    public void Write(TextWriter output)
    {
        output.Write(string.Create(CultureInfo.InvariantCulture, $"<svg viewBox=\"0 0 {width} {height}\" role=\"img\" aria-label=\"{WebUtility.HtmlEncode(title)}\">"));
        var grid = new StringBuilder();
        foreach (double tick in x.Ticks((width - Left - Right) / PixelsAcross))
        {
            grid.Append(CultureInfo.InvariantCulture, $"<path class=\"grid\" d=\"M{Across(tick):F1},{Top}V{height - Bottom}\"/>");
            grid.Append(CultureInfo.InvariantCulture, $"<text x=\"{Across(tick):F1}\" y=\"{height - Bottom + 15}\" text-anchor=\"middle\">{x.Text(tick)}</text>");
        }

        foreach (double tick in y.Ticks((height - Top - Bottom) / PixelsUp))
        {
            grid.Append(CultureInfo.InvariantCulture, $"<path class=\"grid\" d=\"M{Left},{Up(tick):F1}H{width - Right}\"/>");
            grid.Append(CultureInfo.InvariantCulture, $"<text x=\"{Left - 6}\" y=\"{Up(tick) + 4:F1}\" text-anchor=\"end\">{y.Text(tick)}</text>");
        }

        grid.Append(CultureInfo.InvariantCulture, $"<text class=\"name\" x=\"{(Left + width - Right) / 2}\" y=\"{height - 6}\" text-anchor=\"middle\">{WebUtility.HtmlEncode(x.Label)}</text>");
        grid.Append(CultureInfo.InvariantCulture, $"<text class=\"name\" transform=\"translate(12 {(Top + height - Bottom) / 2}) rotate(-90)\" text-anchor=\"middle\">{WebUtility.HtmlEncode(y.Label)}</text>");
        output.Write(grid);
        output.Write(_body);
        output.WriteLine("</svg>");
    }

    private void Open(string element, string style) => _body.Append('<').Append(element).Append(" class=\"").Append(style).Append('"');

    private double Across(double value) => Left + x.Place(value) * (width - Left - Right);

    private double Up(double value) => height - Bottom - y.Place(value) * (height - Top - Bottom);
}
