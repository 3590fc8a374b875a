using System.CommandLine;
using System.Text.Json;
using Detector.Worker.Simulation;

namespace Detector.Worker.Cli.Simulate;

/// <summary><c>detector simulate</c>: months of a plant whose normal changes, with learning off and on.</summary>
internal static class SimulateCommand
{
    public static Command Create()
    {
        Option<string> change = Choice.Of("--change", "What happens to the plant.", ["all", .. Enum.GetNames<PlantChange>().Select(SnakeCase)]);
        Option<int> runs = NumberOption.Of("--runs", "plants of each change", 1, 1000, 1, "a whole number of 1 to 1000");
        Option<int> days = NumberOption.Of("--days", "days of event time", 28, 730, 56, "a whole number of 28 to 730");
        Option<int> seed = NumberOption.Of("--seed", "seed of the first plant", 0, int.MaxValue, 1, "a whole number of at least 0");
        Option<int> pumps = NumberOption.Of("--pumps", "pumps of a plant, all of one kind; more than one share a model (Model:Scope: pipeline)", 1, 64, 1, "a whole number of 1 to 64");
        Option<string> hit = Choice.Of("--hit", "Pumps that the change comes to; of those that it does not come to there is a row of their own.", "all", "one");
        Option<string> learning = Choice.Of("--learning", "Whether models are learned anew.", "both", "on", "off");
        Option<string> start = Choice.Of("--start", "What challengers begin with: weights at random, or the champion's.", "cold", "warm");
        Option<string> season = Choice.Of("--season", "Whether hours of the day and of the week are looked for.", "none", "auto");
        var explain = new Option<bool>("--explain") { Description = "tell every alert and decision on stderr" };
        Option<string> output = Choice.Of("--output", "How the result is written.", "text", "json");
        var command = new CommandWithExamples(
            "simulate",
            "Simulates months of a pump whose normal changes (wear, a replaced sensor, the season, another product or recipe, another way to run, a weekly job) or that fails slowly, watches it as the service "
            + "would, and writes what came of it: false alarms, after how many days the stated rate of them holds again, time blind, questions, faults found, models promoted. A week of it is learned from first; "
            + "the change comes after three. The rate holds again from the first whole day after the change from which on no seven days have more than three false alarms: where one a week is stated, more come "
            + "by chance in fewer than one week of twenty.",
            "detector simulate", "detector simulate --change slow_fault --runs 10 --learning on", "detector simulate --change sensor --pumps 4 --hit one")
        {
            change, runs, days, seed, pumps, hit, learning, season, start, explain, output,
        };
        command.SetAction(result =>
        {
            string wanted = result.GetValue(change)!, how = result.GetValue(learning)!;
            SimulationSettings[] rows =
            [
                .. from happens in Enum.GetValues<PlantChange>()
                   where wanted == "all" || SnakeCase(happens.ToString()) == wanted
                   from learns in how == "both" ? [false, true] : new[] { how == "on" }
                   select new SimulationSettings(happens, learns, result.GetValue(seed), result.GetValue(days))
                   {
                       Season = result.GetValue(season)!,
                       WarmStart = result.GetValue(start) == "warm",
                       Pumps = result.GetValue(pumps),
                       HitsOne = result.GetValue(hit) == "one",
                   },
            ];
            Run(
                new SimulateArguments(rows, result.GetValue(runs), result.GetValue(explain), Choice.Value<OutputFormat>(result, output)),
                result.InvocationConfiguration.Output, result.InvocationConfiguration.Error);
            return ExitCodes.Ok;
        });
        return command;
    }

    private static void Run(SimulateArguments arguments, TextWriter output, TextWriter error)
    {
        var outcomes = new List<SimulationOutcome>();
        foreach (SimulationSettings row in arguments.Rows)
        {
            for (int run = 0; run < arguments.Runs; run++)
            {
                outcomes.AddRange((row with { Seed = row.Seed + run }).Run(arguments.Explain ? error.WriteLine : null));
                error.WriteLine($"{row.Change}, learning {(row.Learning ? "on" : "off")}, plant {run + 1} of {arguments.Runs}");
            }
        }

        SimulateOutput.Write(outcomes, arguments.Output, output);
    }

    private static string SnakeCase(string name) => JsonNamingPolicy.SnakeCaseLower.ConvertName(name);
}
