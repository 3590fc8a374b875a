using System.Globalization;
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
}
