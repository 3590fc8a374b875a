using System.Globalization;
using Detector.Models.Scoring;
using Detector.Models.Training;
using Detector.Worker.Cli.Report;

namespace Detector.Worker.Cli.Train;

/// <summary>The residuals of each feature in one view, a picture a feature with all networks in it.</summary>
internal static class ResidualFigures
{
    public static void Write(ResidualView view, IReadOnlyList<ResidualHistogram> residuals, IReadOnlyList<string> networks, TextWriter output)
    {
        Page.Heading(output, $"Residuals of held-out windows: {Words(view)}");
        Page.Legend(output, networks);
        output.WriteLine("<div class=\"cards\" style=\"grid-template-columns:repeat(auto-fill,minmax(250px,1fr))\">");
        foreach (IGrouping<string, ResidualHistogram> feature in residuals.GroupBy(residual => residual.Feature, StringComparer.Ordinal))
            WriteFeature([.. feature], networks, output);
        output.WriteLine("</div>");
    }

    private static void WriteFeature(ResidualHistogram[] residuals, IReadOnlyList<string> networks, TextWriter output)
    {
        double reach = residuals.Max(residual => residual.Reach), top = residuals.Max(Density);
        var plot = new Plot(
            $"Residuals of {residuals[0].Feature}", new Axis("residual in scaled units", -reach, reach), new Axis("density", 0, top > 0 ? 1.08 * top : 1), 300, 180);
        foreach (ResidualHistogram residual in residuals)
        {
            double scale = Scale(residual);
            plot.Histogram(
                -residual.Reach, residual.Reach, [.. residual.Counts.Select(count => count * scale)], Page.Colour(Math.Max(0, networks.IndexOf(residual.Network))));
        }

        Page.Figure(output, AlertText.Safe(residuals[0].Feature), $"sd {string.Join(", ", residuals.Select(residual => residual.StandardDeviation.ToString("G2", CultureInfo.InvariantCulture)))}", plot);
    }

    private static double Density(ResidualHistogram residual) => residual.Counts.Max() * Scale(residual);

    /// <summary>From windows in a bin to density.</summary>
    private static double Scale(ResidualHistogram residual) => residual.Counts.Count / (2 * residual.Reach * Math.Max(1, residual.Counts.Sum()));

    private static string Words(ResidualView view) => view switch
    {
        ResidualView.Row => "newest row",
        ResidualView.Level => "mean over the window",
        ResidualView.Energy => "root mean square over the window",
        _ => view.ToString(),
    };

    private static int IndexOf(this IReadOnlyList<string> names, string name)
    {
        for (int i = 0; i < names.Count; i++)
        {
            if (names[i] == name)
                return i;
        }

        return -1;
    }
}
