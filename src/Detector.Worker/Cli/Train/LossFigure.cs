using System.Globalization;
using Detector.Models.Training;
using Detector.Worker.Cli.Report;

namespace Detector.Worker.Cli.Train;

/// <summary>The losses of one network over its steps.</summary>
internal static class LossFigure
{
    /// <summary>Losses that fall by more than this are drawn on a logarithmic axis.</summary>
    private const double Wide = 8;

    public static void Write(NetworkReport network, int lookEvery, TextWriter output)
    {
        if (network.ValidationLoss.Count < 2)
            return; // solved in closed form, or looked at once
        (double Step, double Loss)[] training = Course(network.TrainingLoss, network.Steps, lookEvery), validation = Course(network.ValidationLoss, network.Steps, lookEvery);
        double[] all = [.. training.Concat(validation).Select(point => point.Loss)];
        Axis losses = all.Min() > 0 && all.Max() > Wide * all.Min()
            ? new Axis("loss", all.Min() / 1.1, all.Max() * 1.1, Logarithmic: true)
            : Axis.Around("loss", all);
        var plot = new Plot($"Losses of {network.Network}", new Axis("step", training[0].Step, network.Steps), losses, 360, 230);
        if (network.BestStep < network.Steps)
            plot.Mark(network.BestStep, "kept", "limit");
        plot.Line(training, Page.Colour(0));
        plot.Line(validation, Page.Colour(1));
        Page.Figure(output, network.Network, string.Create(CultureInfo.InvariantCulture, $"best {network.BestLoss:G4} at step {network.BestStep:N0}"), plot);
    }

    /// <summary>The last look is at the last step; the others are at equal distances before it.</summary>
    private static (double Step, double Loss)[] Course(IReadOnlyList<double> losses, int steps, int lookEvery) =>
        [.. losses.Select((loss, i) => (Math.Max(1.0, i == losses.Count - 1 ? steps : (Math.Ceiling((double)steps / lookEvery) - (losses.Count - 1 - i)) * lookEvery), loss))];
}
