using System.Globalization;
using Detector.Models.Training;
using Detector.Worker.Cli.Report;

namespace Detector.Worker.Cli.Train;

/// <summary>The scores of the training range, and the tail that the threshold rests on.</summary>
internal static class ScoreFigures
{
    public static void Write(ScoreDistribution scores, TextWriter output)
    {
        Page.Heading(output, "Scores of the training range");
        output.WriteLine("<div class=\"cards\" style=\"grid-template-columns:repeat(auto-fit,minmax(440px,1fr))\">");
        WriteHistogram(scores, output);
        WriteTail(scores, output);
        output.WriteLine("</div>");
    }

    private static void WriteHistogram(ScoreDistribution scores, TextWriter output)
    {
        var plot = new Plot("Histogram of scores", new Axis("score", 0, scores.To), new Axis("windows", 0, Math.Max(1, 1.08 * scores.Counts.Max())), 540, 260);
        plot.Histogram(0, scores.To, [.. scores.Counts.Select(count => (double)count)], Page.Colour(0));
        plot.Mark(scores.Threshold, Threshold(scores), "limit");
        Page.Figure(output, "Distribution", "none of these windows was learned from", plot);
    }

    private static void WriteTail(ScoreDistribution scores, TextWriter output)
    {
        int points = scores.Fitted.Count;
        double At(int i) => scores.TailFrom + (scores.To - scores.TailFrom) * i / (points - 1);
        double[] shares = [.. scores.Fitted.Concat(scores.Observed).Where(share => share > 0)];
        double least = shares.Length == 0 ? 1e-6 : Math.Max(shares.Min() / 2, 1e-12);
        var plot = new Plot("Observed and fitted tail", new Axis("score", scores.TailFrom, scores.To), new Axis("share of windows above", least, 1, Logarithmic: true), 540, 260);
        plot.Line(Enumerable.Range(0, points).Where(i => scores.Fitted[i] > 0).Select(i => (At(i), scores.Fitted[i])), Page.Colour(1) + " dashed");
        plot.Line(Enumerable.Range(0, points).Where(i => scores.Observed[i] > 0).Select(i => (At(i), scores.Observed[i])), Page.Colour(0));
        plot.Mark(scores.Threshold, Threshold(scores), "limit");
        Page.Figure(output, "Tail", "observed (solid) and fitted (dashed)", plot);
    }

    private static string Threshold(ScoreDistribution scores) => string.Create(CultureInfo.InvariantCulture, $"threshold {scores.Threshold:G4}");
}
