using System.Globalization;
using Detector.Models.Training;

namespace Detector.Worker.Cli;

/// <summary>What self-cleaning did, in words.</summary>
internal static class CleaningText
{
    public static string Line(CleaningReport cleaning) => string.Create(
        CultureInfo.InvariantCulture,
        $"self-cleaning took out {cleaning.Share:P1} of the time (at most {cleaning.Contamination:P0}), {cleaning.WindowsRemoved:N0} windows, {cleaning.Excluded.Count:N0} ranges");

    public static string Range(ExcludedRange range) => string.Create(
        CultureInfo.InvariantCulture, $"{range.From:yyyy-MM-dd HH:mm:ss} to {range.To:yyyy-MM-dd HH:mm:ss}, {range.Samples} {(range.Samples == 1 ? "sample" : "samples")}");
}
