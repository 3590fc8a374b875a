using System.Globalization;
using System.Text.Json;
using Detector.Models.Training;

namespace Detector.Worker.Cli.Train;

/// <summary>Writes what a training stored.</summary>
internal static class TrainOutput
{
    public static void Write(TrainSummary summary, OutputFormat format, TextWriter output)
    {
        if (format == OutputFormat.Json)
            output.WriteLine(JsonSerializer.Serialize(summary, TrainJson.Default.TrainSummary));
        else
            WriteText(summary, output);
    }

    private static void WriteText(TrainSummary summary, TextWriter output)
    {
        TrainingReport report = summary.Training;
        Line(output, $"learned from {report.Samples:N0} rows × {summary.Features.Count} features, {summary.From:yyyy-MM-dd HH:mm:ss} to {summary.To:yyyy-MM-dd HH:mm:ss}, in {report.Seconds:F1} s");
        foreach ((string reason, int count) in summary.Dropped)
            Line(output, $"dropped {count:N0} rows: {reason}");
        Line(output, $"{report.TrainingWindows:N0} windows of {summary.WindowRows} rows to train on, {report.ValidationWindows:N0} later ones to validate, {report.MissingShare:P1} of the values missing");
        if (report.Cleaning is { } cleaning)
            Line(output, $"{CleaningText.Line(cleaning)}");
        foreach (NetworkReport network in report.Networks)
            Line(output, $"  {NetworkText.Line(network)}");
        output.WriteLine($"threshold {report.Threshold}");
        Line(output, $"stored version {summary.Version} of '{AlertText.Safe(summary.Series)}' in pipeline '{summary.Pipeline}': {summary.Directory}, {summary.Bytes / 1024.0:N0} KiB");
    }

    private static void Line(TextWriter output, FormattableString text) => output.WriteLine(text.ToString(CultureInfo.InvariantCulture));
}
