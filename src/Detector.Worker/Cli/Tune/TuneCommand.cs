using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using System.Text.Json.Nodes;
using Detector.Models.Compute;
using Detector.Models.Training;
using Detector.Worker.Pipeline;
using Detector.Worker.Windowing;

namespace Detector.Worker.Cli.Tune;

/// <summary><c>detector tune</c>: settings for a recording, found on made-up anomalies within a time budget.</summary>
internal static class TuneCommand
{
    public static Command Create()
    {
        var input = new Option<FileInfo>("--input") { Description = "CSV file of normal operation (plain or .gz); a column 'label' is not read", HelpName = "CSV", Required = true };
        var pipeline = new FilePipelineArguments("default");
        Option<TimeSpan> budget = Budget();
        Option<int> candidates = NumberOption.Of("--candidates", "candidates to try at most", 1, 10_000, 10_000, "a whole number of 1 to 10000");
        Option<double> holdout = NumberOption.Of("--holdout", "share of the rows, the latest, that candidates are judged on", 0.1, 0.6, 0.3, "a share from 0.1 to 0.6");
        Option<int> seed = NumberOption.Of("--seed", "seed of the made-up anomalies", 0, int.MaxValue, 1, "a whole number of at least 0");
        var file = new Option<FileInfo?>("--out") { Description = "write the chosen configuration here instead of to the standard output", HelpName = "JSON" };
        Option<string> output = Choice.Of("--output", "How the result is written.", "text", "json");
        var command = new CommandWithExamples(
            "tune",
            "Searches networks, window, code, layers and scaler for a recording of normal operation. Candidates learn from its earlier rows and are "
            + "judged on the later ones with made-up anomalies of eight kinds; labels are never looked at. What is chosen is written as a configuration: "
            + "with --config one to be given behind it, without one that stands alone.",
            "detector tune --input pump-3.csv.gz --budget 00:20:00",
            "detector tune --input pump-3.csv --config config.json --pipeline pumps --out tuned.json && detector validate --config config.json --config tuned.json")
        {
            input, budget, candidates, holdout, seed, file, output,
        };
        pipeline.AddTo(command);
        command.SetAction(result =>
        {
            string path = result.GetRequiredValue(input).FullName;
            if (pipeline.Find(result, path) is not { } found)
                return ExitCodes.Configuration;
            var arguments = new TuneArguments(
                path, result.GetValue(file)?.FullName, result.GetValue(budget), result.GetValue(candidates), result.GetValue(holdout), result.GetValue(seed),
                Choice.Value<OutputFormat>(result, output));
            using var signals = new StopSignals();
            return Run(found, () => pipeline.Find(result, path)!.Options, arguments, result.InvocationConfiguration.Output, result.InvocationConfiguration.Error, signals.Token);
        });
        return command;
    }

    private static int Run(FilePipeline file, Func<PipelineOptions> options, TuneArguments arguments, TextWriter output, TextWriter error, CancellationToken stop)
    {
        try
        {
            TuneRecording recording = TuneRecording.Read(arguments.Input, arguments.Holdout, arguments.Seed);
            var period = TimeSpan.FromTicks(file.Options.Window.Period?.Ticks ?? recording.PeriodTicks);
            var trial = new CandidateTrial(recording, options, ComputeDevice.Select(file.Device), (candidate, why) => error.WriteLine($"{candidate}: {why}"));
            TuneSearch search = Search(trial, arguments, error);
            search.Run(TuneSpace.Of(file.Options, WindowShape.From(file.Options.Window, period.Ticks).Rows), stop);
            if (search.Best is not { } best)
            {
                error.WriteLine($"detector: not one candidate could be judged within {arguments.Budget}; give a longer --budget, or a shorter recording.");
                return ExitCodes.Failure;
            }

            JsonNode configuration = TunedConfiguration.Of(best.Candidate, period, file.Name, file.StateDirectory is null ? arguments.Input : null);
            TuneOutput.Write(arguments, recording, file.Options.Threshold.FalseAlarms, search, configuration, output);
            return ExitCodes.Ok;
        }
        catch (OperationCanceledException)
        {
            error.WriteLine("detector: the search was stopped, and nothing is written.");
            return ExitCodes.Failure;
        }
        catch (Exception problem) when (problem is TrainingException or IOException or UnauthorizedAccessException or InvalidDataException or ArgumentException)
        {
            error.WriteLine($"detector: {problem.Message}");
            return ExitCodes.Failure;
        }
    }

    private static TuneSearch Search(CandidateTrial trial, TuneArguments arguments, TextWriter error)
    {
        long started = Stopwatch.GetTimestamp();
        int number = 0;
        return new TuneSearch(
            trial.Judge, TimeProvider.System, arguments.Budget, arguments.MaxCandidates,
            (result, isBest) => error.WriteLine(TuneOutput.Progress(result, ++number, Stopwatch.GetElapsedTime(started), isBest)));
    }

    private static Option<TimeSpan> Budget() => new("--budget")
    {
        Description = "time the search may take, as in 00:10:00",
        HelpName = "TIME",
        DefaultValueFactory = _ => TimeSpan.FromMinutes(10),
        CustomParser = argument =>
        {
            string text = argument.Tokens[0].Value;
            if (TimeSpan.TryParseExact(text, "c", CultureInfo.InvariantCulture, out TimeSpan time) && time >= TimeSpan.FromSeconds(1) && time <= TimeSpan.FromDays(7) && text.Contains(':', StringComparison.Ordinal))
                return time;
            argument.AddError($"--budget is '{text}'; write a time from 00:00:01 to 7.00:00:00, as in 00:10:00.");
            return default;
        },
    };
}
