using System.Globalization;
using Detector.Models.Autoencoders;
using Detector.Models.Training;

namespace Detector.Worker.Cli;

/// <summary>How the training of a network went, in words.</summary>
internal static class NetworkText
{
    /// <summary>One line: name, size, course and outcome.</summary>
    public static string Line(NetworkReport network) => string.Create(
        CultureInfo.InvariantCulture, $"{network.Network,-12} {network.Parameters,9:N0} parameters, {Course(network)}, validation loss {network.BestLoss:G4}, {network.Seconds:F1} s");

    /// <summary>Steps taken, and the one whose weights were kept.</summary>
    public static string Course(NetworkReport network) => network.Steps == 0
        ? "solved in closed form"
        : string.Create(CultureInfo.InvariantCulture, $"{network.Steps:N0} steps, best at {network.BestStep:N0}");

    /// <summary>A figure that shows the network's property; of many values their least, middle and greatest.</summary>
    public static string Property(PropertyFigure property)
    {
        if (property.Values.Count == 0)
            return property.Name;
        double[] sorted = [.. property.Values.Order()];
        return sorted.Length == 1
            ? string.Create(CultureInfo.InvariantCulture, $"{property.Name} {sorted[0]:G4}")
            : string.Create(CultureInfo.InvariantCulture, $"{property.Name} {sorted[0]:G3} … {sorted[sorted.Length / 2]:G3} … {sorted[^1]:G3} (least, median and most of {sorted.Length})");
    }
}
