using System.Globalization;
using Detector.Models.Training;

namespace Detector.Worker.Cli;

/// <summary>One line on a terminal that shows how far training is; nothing elsewhere.</summary>
internal sealed class TrainingProgressBar : IProgress<TrainingProgress>
{
    private const int Width = 30;

    /// <summary>A bar on standard error; null when that is no terminal.</summary>
    public static IProgress<TrainingProgress>? Create() => Console.IsErrorRedirected ? null : new TrainingProgressBar();

    public void Report(TrainingProgress value)
    {
        int full = (int)(value.Fraction * Width);
        Console.Error.Write(string.Create(
            CultureInfo.InvariantCulture,
            $"\r{value.Network,-12} [{new string('█', full)}{new string('░', Width - full)}] loss {value.TrainingLoss:F4} validation {value.ValidationLoss:F4} "));
        if (value.Fraction >= 1)
            Console.Error.WriteLine();
    }
}
