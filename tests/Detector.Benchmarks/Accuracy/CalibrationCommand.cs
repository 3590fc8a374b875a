using System.CommandLine;
using System.Globalization;
using Detector.Worker.Cli;
using Detector.Worker.Pipeline;

namespace Detector.Benchmarks.Accuracy;

/// <summary><c>calibration</c>: false alarms stated and seen on rows that are normal and that no model learned from.</summary>
internal static class CalibrationCommand
{
    public const string Section = "calibration";

    public static Command Create()
    {
        var data = new Option<string?>("--data") { Description = $"folder of the sets (default: ${DataFolder.Variable}, or ../shared/data)", HelpName = "DIR" };
        var sets = new Option<string[]>("--sets") { Description = "sets to run, separated by commas", HelpName = "NAME,…" };
        var set = new Option<string[]>("--set") { Description = "override one value of the pipeline, for example Threshold:Method=spot", HelpName = "KEY=VALUE" };
        Option<int> seeds = NumberOption.Of("--seeds", "add up the seeds 1…N", 1, 100, 1, "a whole number of 1 to 100");
        Option<int> parallel = NumberOption.Of("--parallel", "models trained and scored at a time", 1, 64, 2, "a whole number of 1 to 64");
        var details = new Option<bool>("--details") { Description = "print each series too" };
        var write = new Option<string?>("--write") { Description = $"write the table between the markers '{Section}' of this Markdown file", HelpName = "FILE" };
        var command = new Command("calibration", "Learns from the earlier two thirds of what is normal in each public set and counts alarms on the rest, against what was stated.")
        {
            data, sets, set, seeds, parallel, details, write,
        };
        command.SetAction(result => DataFolder.Guard(() =>
        {
            string[] names = [.. (result.GetValue(sets) ?? []).SelectMany(list => list.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))];
            string[] overrides = result.GetValue(set) ?? [];
            if (!DefaultPipeline.TryCreate(overrides, out _, out IReadOnlyList<string> errors))
            {
                foreach (string error in errors)
                    Console.Error.WriteLine(error);
                return ExitCodes.Configuration;
            }

            using var text = new StringWriter(CultureInfo.InvariantCulture);
            Run(DataFolder.Find(result.GetValue(data)), names, overrides, result.GetValue(seeds), result.GetValue(parallel), result.GetValue(details), text);
            Console.Out.Write(text);
            if (result.GetValue(write) is { } file)
                MarkedSection.Replace(file, text.ToString(), Section);
            return ExitCodes.Ok;
        }));
        return command;
    }

    private static void Run(string folder, string[] names, string[] overrides, int seeds, int parallel, bool details, TextWriter output)
    {
        output.WriteLine($"| false alarms, stated → seen (ratio) | series | held-out days | {string.Join(" | ", StatedRates.Calibration.Select(rate => rate.Name))} |");
        output.WriteLine($"|---|---|---|{string.Concat(StatedRates.Calibration.Select(_ => "---|"))}");
        foreach (IPublicSet set in PublicSets.All.Where(set => names.Length == 0 || names.Contains(set.Name)))
        {
            AccuracyCase[] cases = [.. set.NormalCases(folder)];
            if (cases.Length == 0)
                continue;
            var outcomes = new CaseOutcome[seeds * cases.Length];
            Parallel.For(0, outcomes.Length, new ParallelOptions { MaxDegreeOfParallelism = parallel }, i =>
            {
                DefaultPipeline.TryCreate([$"Training:Seed={1 + i / cases.Length}", .. overrides], out PipelineOptions options, out _);
                outcomes[i] = new CaseRunner(0).Run(cases[i % cases.Length], options);
                string row = Row($"{cases[i % cases.Length].Name}, seed {1 + i / cases.Length}", [outcomes[i]]);
                Console.Error.WriteLine(row);
            });
            output.WriteLine(Row(set.Title, outcomes));
            if (!details)
                continue;
            foreach (CaseOutcome outcome in outcomes)
                output.WriteLine(Row(outcome.Case.Name, [outcome]));
        }
    }

    private static string Row(string name, CaseOutcome[] outcomes)
    {
        IEnumerable<string> cells = StatedRates.Calibration.Select(rate => StatedRates.Count(outcomes, rate.Rate) switch
        {
            var (stated, _, _) when stated < 1 => "–",
            var (_, seen, _) when !StatedRates.CanBeCounted(outcomes, rate.Rate) => "–",
            var (stated, seen, _) => string.Create(CultureInfo.InvariantCulture, $"{stated:0.0} → {seen:0} ({seen / stated:0.00})"),
        });
        double days = outcomes.Sum(outcome => outcome.Tests.Sum(test => test.Outcomes(new bool[test.Scores.Length], 0, TimeSpan.FromHours(1)).NormalTime.TotalDays));
        return string.Create(CultureInfo.InvariantCulture, $"| {name} | {outcomes.Length} | {days:0.0} | {string.Join(" | ", cells)} |");
    }
}
