using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using System.Text.Json;
using Detector.Models.Evaluation;
using Detector.Worker.Deciding;

namespace Detector.Worker.Cli.Evaluate;

/// <summary><c>detector evaluate</c>: scores held against labels.</summary>
internal static class EvaluateCommand
{
    public static Command Create()
    {
        var scores = new Option<FileInfo[]>("--scores") { Description = "CSV file with timestamp,score and anomaly or threshold, as backtest writes it; may be given several times", HelpName = "CSV", Required = true };
        var labels = new Option<FileInfo[]>("--labels") { Description = "CSV file with timestamp and label (above 0 = anomalous); one for each --scores, in the same order", HelpName = "CSV", Required = true };
        var column = new Option<string>("--label-column") { Description = "column of the labels", HelpName = "NAME", DefaultValueFactory = _ => "label" };
        Option<int?> width = new("--vus-window")
        {
            Description = "widest buffer around an event for VUS, in rows (default: the period of the first feature beside the labels, or 125)",
            HelpName = "N",
            CustomParser = argument => Width(argument),
        };
        var mergeGap = new Option<TimeSpan>("--merge-gap")
        {
            Description = "anomalous rows no further apart are one alarm",
            HelpName = "HH:MM:SS",
            DefaultValueFactory = _ => new AlertOptions().MergeGap,
            CustomParser = Gap,
        };
        Option<string> output = Choice.Of("--output", "how the result is written", "text", "json");
        var command = new CommandWithExamples(
            "evaluate",
            "Holds scores against labels, matched by timestamp. Several files are pooled: rows and events are counted together, rankings averaged.",
            "detector evaluate --scores scores.csv --labels pump.csv.gz",
            "detector evaluate --scores a.csv --labels a-labels.csv --scores b.csv --labels b-labels.csv --output json") { scores, labels, column, width, mergeGap, output };
        command.Validators.Add(result =>
        {
            int given = result.GetValue(scores)?.Length ?? 0, labelled = result.GetValue(labels)?.Length ?? 0;
            if (given != labelled)
                result.AddError($"--scores names {given} files and --labels {labelled}; give one file of labels for each file of scores, in the same order.");
        });
        command.SetAction(result => Run(
            new EvaluateArguments(
                [.. result.GetRequiredValue(scores).Select(file => file.FullName)],
                [.. result.GetRequiredValue(labels).Select(file => file.FullName)],
                result.GetRequiredValue(column),
                result.GetValue(width),
                result.GetValue(mergeGap),
                Choice.Value<OutputFormat>(result, output) == OutputFormat.Json),
            result.InvocationConfiguration.Output,
            result.InvocationConfiguration.Error));
        return command;
    }

    private static int Run(EvaluateArguments arguments, TextWriter output, TextWriter error)
    {
        try
        {
            var series = new List<SeriesEvaluation>();
            int unlabelled = 0;
            foreach ((string scores, string labels) in arguments.Scores.Zip(arguments.Labels))
            {
                JoinedRows joined = JoinedRows.Read(scores, labels, arguments.LabelColumn);
                series.Add(SeriesEvaluation.Of(
                    joined.Ticks, joined.Rows, joined.Verdicts, arguments.BufferWidth ?? joined.Period, arguments.MergeGap));
                if (joined.Unlabelled > 0)
                    error.WriteLine($"detector: {joined.Unlabelled} of {joined.Unlabelled + joined.Rows.Count} rows of '{scores}' have no label in '{labels}' and are left out.");
                unlabelled += joined.Unlabelled;
            }

            var summary = EvaluationSummary.Of(series, unlabelled);
            if (summary.AnomalousRows == 0)
                error.WriteLine("detector: No evaluated row is labelled anomalous: only the false alarms say anything.");
            if (arguments.Json)
                output.WriteLine(JsonSerializer.Serialize(summary, EvaluationJson.Default.EvaluationSummary));
            else
                EvaluationText.Write(summary, output);
            return ExitCodes.Ok;
        }
        catch (Exception mistake) when (mistake is IOException or InvalidDataException or UnauthorizedAccessException)
        {
            error.WriteLine($"detector: {mistake.Message}");
            return ExitCodes.Failure;
        }
    }

    private static int? Width(ArgumentResult argument)
    {
        string text = argument.Tokens[0].Value;
        if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int width) && width <= 10_000)
            return width;
        argument.AddError($"--vus-window is '{text}'; write a whole number of rows, 0 to 10000.");
        return null;
    }

    private static TimeSpan Gap(ArgumentResult argument)
    {
        string text = argument.Tokens[0].Value;
        // A bare number would mean days.
        if (text.Contains(':') && TimeSpan.TryParse(text, CultureInfo.InvariantCulture, out TimeSpan gap) && gap >= TimeSpan.Zero)
            return gap;
        argument.AddError($"--merge-gap is '{text}'; write a time as HH:MM:SS, for example 00:02:00.");
        return default;
    }
}
