using System.Globalization;
using Detector.Models.Training;
using Detector.Worker.Cli.Report;

namespace Detector.Worker.Cli.Train;

/// <summary>Codes as dots in the plane of their first two principal components.</summary>
internal static class LatentFigure
{
    public static void Write(LatentProjection latent, TextWriter output, int width = 360, int height = 300)
    {
        var plot = new Plot($"Codes of {latent.Network}", Axis.Around(Words("first", latent.First), latent.X), Axis.Around(Words("second", latent.Second), latent.Y), width, height);
        double last = Math.Max(1, latent.X.Count - 1);
        plot.Dots(latent.X.Zip(latent.Y, (x, y) => (x, y)).Select((point, i) => (point.x, point.y, i / last)));
        Page.Figure(output, latent.Network, string.Create(CultureInfo.InvariantCulture, $"{latent.Size} dimensions"), plot);
    }

    private static string Words(string component, double share) => string.Create(CultureInfo.InvariantCulture, $"{component} component, {share:P0} of the variance");
}
