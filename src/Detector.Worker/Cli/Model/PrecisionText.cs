using System.Globalization;
using Detector.Models.Training;

namespace Detector.Worker.Cli.Model;

/// <summary>What came of trying half precision, in words.</summary>
internal static class PrecisionText
{
    public static string Line(PrecisionReport report) => string.Create(CultureInfo.InvariantCulture, $"scored in {report.Served}; {Tried(report)}");

    private static string Tried(PrecisionReport report) => report is { Agreement: { } agreement, Difference: { } difference }
        ? string.Create(
            CultureInfo.InvariantCulture,
            $"{report.Asked} gave {agreement:P1} of the verdicts on held-out windows as float32 does, and scores that differ by {difference:P1} of the threshold")
        : $"{report.Asked} is not computed here";
}
