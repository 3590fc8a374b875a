using System.CommandLine;
using Detector.Models.Compute;
using Detector.Worker.Hosting;
using Detector.Worker.Learning;
using Detector.Worker.Pipeline;
using Detector.Worker.Simulation;
using Detector.Worker.Telemetry;

namespace Detector.Worker.Cli.Simulate;

/// <summary><c>detector simulate</c>: months of a plant whose normal changes, with learning off and on.</summary>
internal static class SimulateCommand
{
    private static readonly DateTimeOffset s_start = new(2026, 1, 5, 0, 0, 0, TimeSpan.Zero); // a Monday
    private static readonly TimeSpan s_warmup = TimeSpan.FromDays(7), s_changeAt = TimeSpan.FromDays(21);

    public static Command Create()
    {
        Option<string> change = Choice.Of("--change", "What happens to the plant.", ["all", .. Enum.GetNames<PlantChange>().Select(LowerCase)]);
        Option<int> runs = NumberOption.Of("--runs", "plants of each change", 1, 1000, 1, "a whole number of 1 to 1000");
        Option<int> days = NumberOption.Of("--days", "days of event time", 28, 730, 56, "a whole number of 28 to 730");
        Option<int> seed = NumberOption.Of("--seed", "seed of the first plant", 0, int.MaxValue, 1, "a whole number of at least 0");
        Option<string> learning = Choice.Of("--learning", "Whether models are learned anew.", "both", "on", "off");
        Option<string> start = Choice.Of("--start", "What challengers begin with: weights at random, or the champion's.", "cold", "warm");
        Option<string> season = Choice.Of("--season", "Whether hours of the day and of the week are looked for.", "none", "auto");
        var explain = new Option<bool>("--explain") { Description = "tell every alert and decision on stderr" };
        Option<string> output = Choice.Of("--output", "How the result is written.", "text", "json");
        var command = new CommandWithExamples(
            "simulate",
            "Simulates months of a pump whose normal changes (wear, a replaced sensor, the season, another product or recipe, another way to run, a weekly job) or that fails slowly, watches it as the service "
            + "would, and writes what came of it: false alarms, time blind, faults found, models promoted. A week of it is learned from first; the change comes after three.",
            "detector simulate", "detector simulate --change slow_fault --runs 10 --learning on")
        {
            change, runs, days, seed, learning, season, start, explain, output,
        };
        command.SetAction(result =>
        {
            string wanted = result.GetValue(change)!, how = result.GetValue(learning)!;
            var arguments = new SimulateArguments(
                [.. Enum.GetValues<PlantChange>().Where(candidate => wanted == "all" || LowerCase(candidate.ToString()) == wanted)],
                result.GetValue(runs), result.GetValue(days), result.GetValue(seed), how == "both" ? [false, true] : [how == "on"], result.GetValue(season)!, result.GetValue(start) == "warm", result.GetValue(explain),
                Choice.Value<OutputFormat>(result, output));
            Run(arguments, result.InvocationConfiguration.Output, result.InvocationConfiguration.Error);
            return ExitCodes.Ok;
        });
        return command;
    }

    /// <summary>What a simulated pipeline is told, beside the defaults.</summary>
    public static PipelineOptions Options(bool learning, string season = "none", bool warmStart = false)
    {
        var options = new PipelineOptions
        {
            Window = { Length = TimeSpan.FromHours(2), Period = PlantMonths.Period },
            // Small, and few steps: a run has ten trainings or so, and months are to pass in a minute.
            Model = { Hidden = [32], Latent = 8, Calendar = { Season = season } },
            Training = { Warmup = s_warmup, MaxSteps = 400 },
            Alert = { MergeGap = TimeSpan.FromHours(2) },
        };
        options.Training.Retrain.WarmStart = warmStart;
        if (learning)
            options.Training.Retrain.Every = TimeSpan.FromDays(7);
        return options;
    }

    public static SimulationOutcome Run(PlantChange change, bool learning, int seed, int days, Action<string>? explain = null, string season = "none", bool warmStart = false)
    {
        PipelineOptions options = Options(learning, season, warmStart);
        // Two weeks are needed to know a week by.
        if (change == PlantChange.Batch)
            options.Training.Warmup = 2 * s_warmup;
        var learner = new ModelLearner("simulation", ModelSettingsFactory.Create(options), 1, null, ComputeDevice.Select("cpu"), TimeProvider.System) { WarmStarts = options.Training.Retrain.WarmStart };
        var pipeline = new PipelineRuntime(
            "simulation", options, "", learner, PipelineSinks.None, new DetectorMetrics(ProcessMetrics.NewRegistry()).Pipeline("simulation"));
        DateTimeOffset end = s_start.AddDays(days);
        var plant = new PlantMonths(seed, change, s_start, s_start + s_changeAt, TimeSpan.FromDays(28));
        using var run = new SimulationRun(pipeline) { Explain = explain };
        run.Run(plant, end);
        return SimulationOutcome.Of(change, learning, seed, plant, s_start + options.Training.Warmup, end, run);
    }

    private static void Run(SimulateArguments arguments, TextWriter output, TextWriter error)
    {
        var outcomes = new List<SimulationOutcome>();
        foreach (PlantChange change in arguments.Changes)
        {
            foreach (bool learning in arguments.Learning)
            {
                for (int run = 0; run < arguments.Runs; run++)
                {
                    outcomes.Add(Run(change, learning, arguments.Seed + run, arguments.Days, arguments.Explain ? error.WriteLine : null, arguments.Season, arguments.WarmStart));
                    error.WriteLine($"{change}, learning {(learning ? "on" : "off")}, plant {run + 1} of {arguments.Runs}");
                }
            }
        }

        SimulateOutput.Write(outcomes, arguments.Output, output);
    }

    private static string LowerCase(string name) => System.Text.Json.JsonNamingPolicy.SnakeCaseLower.ConvertName(name);
}
