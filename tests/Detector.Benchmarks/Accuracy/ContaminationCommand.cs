using System.CommandLine;
using System.Globalization;
using Detector.Worker.Cli;

namespace Detector.Benchmarks.Accuracy;

/// <summary><c>contamination</c>: what is lost when part of the training rows shows anomalies, with and without self-cleaning.</summary>
internal static class ContaminationCommand
{
    public const string Section = "contamination";

    public static Command Create()
    {
        var data = new Option<string?>("--data") { Description = $"folder of the sets (default: ${DataFolder.Variable}, or ../shared/data)", HelpName = "DIR" };
        var sets = new Option<string[]>("--sets") { Description = "sets to run, separated by commas", HelpName = "NAME,…" };
        var set = new Option<string[]>("--set") { Description = "override one value of the pipeline", HelpName = "KEY=VALUE" };
        Option<double> share = NumberOption.Of("--share", "share of the training rows that shows events of another series of the set", 0.001, 0.5, 0.05, "a share from 0.001 to 0.5");
        Option<int> parallel = NumberOption.Of("--parallel", "models trained and scored at a time", 1, 64, 2, "a whole number of 1 to 64");
        var write = new Option<string?>("--write") { Description = $"write the table between the markers '{Section}' of this Markdown file", HelpName = "FILE" };
        var command = new Command("contamination", "Trains on rows as they are, with events of another series mixed in, and with self-cleaning of these, and compares rankings and alarms.")
        {
            data, sets, set, share, parallel, write,
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
            Run(DataFolder.Find(result.GetValue(data)), names, overrides, result.GetValue(share), result.GetValue(parallel), text);
            Console.Out.Write(text);
            if (result.GetValue(write) is { } file)
                MarkedSection.Replace(file, text.ToString(), Section);
            return ExitCodes.Ok;
        }));
        return command;
    }

    private static void Run(string folder, string[] names, string[] overrides, double share, int parallel, TextWriter output)
    {
        output.WriteLine("| set | training rows | VUS-PR | FAR % | MAR % | false alarms, stated → seen | events missed |");
        output.WriteLine("|---|---|---|---|---|---|---|");
        string cleaning = string.Create(CultureInfo.InvariantCulture, $"Training:Contamination={share}");
        foreach (IPublicSet set in PublicSets.All.Where(set => names.Length == 0 || names.Contains(set.Name)))
        {
            AccuracyCase[] cases = [.. set.Cases(folder)];
            Write("as they are", new SetRun(overrides, 0, parallel));
            Write("as they are, self-cleaned", new SetRun([cleaning, .. overrides], 0, parallel));
            Write(string.Create(CultureInfo.InvariantCulture, $"{share:P0} anomalous"), new SetRun(overrides, share, parallel));
            Write(string.Create(CultureInfo.InvariantCulture, $"{share:P0} anomalous, self-cleaned"), new SetRun([cleaning, .. overrides], share, parallel));

            void Write(string what, SetRun run)
            {
                (CaseOutcome[] outcomes, TestFigures[][] tests, SetFigures figures) = run.Run(set, cases, 1);
                int missed = tests.Sum(test => test.Sum(one => one.Events.Missed)), all = missed + tests.Sum(test => test.Sum(one => one.Events.Found));
                string row = string.Create(
                    CultureInfo.InvariantCulture,
                    $"| {set.Title} | {what} | {figures[SetFigures.VusPr]:0.000} | {figures[SetFigures.FalseAlarmShare]:0.0} | {figures[SetFigures.MissRate]:0.0} | {figures[SetFigures.Stated]:0.0} → {figures[SetFigures.FalseAlarms]:0} | {missed} of {all} |");
                output.WriteLine(row);
                Console.Error.WriteLine(row);
            }
        }
    }
}
