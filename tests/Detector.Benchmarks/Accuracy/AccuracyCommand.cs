using System.CommandLine;
using System.Globalization;
using Detector.Worker.Cli;

namespace Detector.Benchmarks.Accuracy;

/// <summary><c>accuracy</c>: one fixed configuration on every public set, as a table.</summary>
internal static class AccuracyCommand
{
    public static Command Create()
    {
        var data = new Option<string?>("--data") { Description = $"folder of the sets (default: ${DataFolder.Variable}, or ../shared/data)", HelpName = "DIR" };
        Option<string[]> sets = List("--sets", $"sets to run, separated by commas: {string.Join(", ", PublicSets.All.Select(set => set.Name))}", "NAME,…");
        Option<string[]> only = List("--only", "series to run, separated by commas", "NAME,…");
        Option<string[]> networks = List("--networks", "networks of the model, separated by commas", "NAME,…");
        var set = new Option<string[]>("--set") { Description = "override one value of the pipeline, for example Model:Latent=16", HelpName = "KEY=VALUE" };
        Option<int> seeds = NumberOption.Of("--seeds", "average over the seeds 1…N", 1, 100, 1, "a whole number of 1 to 100");
        Option<int> parallel = NumberOption.Of("--parallel", "models trained and scored at a time", 1, 64, 2, "a whole number of 1 to 64");
        var details = new Option<bool>("--details") { Description = "print each series too" };
        Option<int> half = NumberOption.Of("--half", "1 or 2: every second series only, to choose on one half and test on the other", 0, 2, 0, "0, 1 or 2");
        Option<double> contaminate = NumberOption.Of("--contaminate", "share of the training rows that shows events of another series of the set", 0.0, 0.5, 0.0, "a share from 0 to 0.5");
        var write = new Option<string?>("--write") { Description = "write the table between the markers of this Markdown file", HelpName = "FILE" };
        var command = new Command("accuracy", "Trains and scores the public sets with one configuration and prints the figures as Markdown.")
        {
            data, sets, only, networks, set, seeds, parallel, details, half, contaminate, write,
        };
        command.SetAction(result => Run(new AccuracyArguments(
            result.GetValue(data),
            Split(result.GetValue(sets)),
            Split(result.GetValue(only)),
            [.. Split(result.GetValue(networks)).Select((name, i) => $"Model:Networks:{i}={name}"), .. result.GetValue(set) ?? []],
            result.GetValue(seeds),
            result.GetValue(parallel),
            result.GetValue(details),
            result.GetValue(half),
            result.GetValue(contaminate),
            result.GetValue(write))));
        return command;
    }

    private static int Run(AccuracyArguments arguments)
    {
        string[] unknown = [.. arguments.Sets.Except(PublicSets.All.Select(set => set.Name), StringComparer.Ordinal)];
        if (unknown.Length > 0)
        {
            Console.Error.WriteLine($"There is no set '{unknown[0]}'; choose from {string.Join(", ", PublicSets.All.Select(set => set.Name))}.");
            return ExitCodes.Usage;
        }

        return DataFolder.Guard(() =>
        {
            using var text = new StringWriter(CultureInfo.InvariantCulture);
            int code = new AccuracyRun(arguments, text).Run();
            Console.Out.Write(text);
            if (code == ExitCodes.Ok && arguments.Write is not null)
                MarkedSection.Replace(arguments.Write, text.ToString());
            return code;
        });
    }

    private static Option<string[]> List(string name, string description, string help) => new(name) { Description = description, HelpName = help };

    private static string[] Split(string[]? lists) =>
        [.. (lists ?? []).SelectMany(list => list.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))];
}
