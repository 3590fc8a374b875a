using System.CommandLine;
using System.Globalization;
using Detector.Worker.Cli;

namespace Detector.Benchmarks.Accuracy;

/// <summary>
/// <c>defaults</c>: settings compared over the public sets, each with one configuration for all files, and what they are worth on a set when they
/// are chosen on the others.
/// </summary>
internal static class DefaultsCommand
{
    public const string Section = "defaults";

    public static Command Create()
    {
        var data = new Option<string?>("--data") { Description = $"folder of the sets (default: ${DataFolder.Variable}, or ../shared/data)", HelpName = "DIR" };
        var sets = new Option<string[]>("--sets") { Description = "sets to run, separated by commas (default: tep,skab,asd,jumpstarter,smd-tsb)", HelpName = "NAME,…" };
        var variants = new Option<string[]>("--variant") { Description = "settings to compare with the defaults, in one argument with blanks between; may be repeated", HelpName = "\"KEY=VALUE …\"" };
        Option<int> seeds = NumberOption.Of("--seeds", "average over the seeds 1…N", 1, 100, 1, "a whole number of 1 to 100");
        Option<int> half = NumberOption.Of("--half", "1 or 2: every second series only", 0, 2, 0, "0, 1 or 2");
        Option<int> parallel = NumberOption.Of("--parallel", "models trained and scored at a time", 1, 64, 2, "a whole number of 1 to 64");
        var write = new Option<string?>("--write") { Description = $"write the table between the markers '{Section}' of this Markdown file", HelpName = "FILE" };
        var command = new Command("defaults", "Compares settings by VUS-PR over the public sets, and says what comes of choosing them with one set left out.")
        {
            data, sets, variants, seeds, half, parallel, write,
        };
        command.SetAction(result => DataFolder.Guard(() =>
        {
            string[] named = [.. (result.GetValue(sets) ?? []).SelectMany(list => list.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))];
            IPublicSet[] chosen = [.. PublicSets.All.Where(set => named.Length == 0 ? set.Name is not ("nab" or "smd") : named.Contains(set.Name))];
            Variant[] all = result.GetValue(variants) is { Length: > 0 } given ? [Variant.All[0], .. given.Select(Variant.Parse)] : [.. Variant.All];
            foreach (Variant variant in all)
            {
                if (DefaultPipeline.TryCreate(variant.Overrides, out _, out IReadOnlyList<string> errors))
                    continue;
                Console.Error.WriteLine($"{variant.Name}: {string.Join(" ", errors)}");
                return ExitCodes.Configuration;
            }

            string folder = DataFolder.Find(result.GetValue(data));
            double[][] figures = [.. all.Select(variant => chosen.Select(set => Figure(set, folder, variant, result.GetValue(seeds), result.GetValue(half), result.GetValue(parallel))).ToArray())];
            using var text = new StringWriter(CultureInfo.InvariantCulture);
            Write(chosen, all, figures, text);
            Console.Out.Write(text);
            if (result.GetValue(write) is { } file)
                MarkedSection.Replace(file, text.ToString(), Section);
            return ExitCodes.Ok;
        }));
        return command;
    }

    private static double Figure(IPublicSet set, string folder, Variant variant, int seeds, int half, int parallel)
    {
        AccuracyCase[] cases = [.. set.Cases(folder).Where((work, i) => half == 0 || work.Tests.Count > 1 || i % 2 == half - 1)];
        double figure = Enumerable.Range(1, seeds).Average(seed => new SetRun(variant.Overrides, 0, parallel).Run(set, cases, seed).Set[SetFigures.VusPr]);
        Console.Error.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{variant.Name}, {set.Name}: {figure:0.000}"));
        return figure;
    }

    private static void Write(IPublicSet[] sets, Variant[] variants, double[][] figures, TextWriter output)
    {
        output.WriteLine($"| VUS-PR | {string.Join(" | ", sets.Select(set => set.Name))} | mean |");
        output.WriteLine($"|---|{string.Concat(sets.Select(_ => "---|"))}---|");
        for (int v = 0; v < variants.Length; v++)
            output.WriteLine($"| {variants[v].Name} | {string.Join(" | ", figures[v].Select(Text))} | {Text(figures[v].Average())} |");
        if (sets.Length < 2)
            return;
        int[] best = [.. Enumerable.Range(0, sets.Length).Select(left => BestWithout(figures, left))];
        output.WriteLine($"| **chosen on the other sets** | {string.Join(" | ", best.Select((v, set) => $"{Text(figures[v][set])} ({variants[v].Name})"))} | {Text(best.Select((v, set) => figures[v][set]).Average())} |");
        output.WriteLine($"| best on the set itself | {string.Join(" | ", sets.Select((_, set) => Text(figures.Max(row => row[set]))))} | {Text(sets.Select((_, set) => figures.Max(row => row[set])).Average())} |");
    }

    /// <summary>Index of the variant with the highest mean over all sets but one; the first of equals.</summary>
    private static int BestWithout(double[][] figures, int left)
    {
        double[] means = [.. figures.Select(row => row.Where((_, set) => set != left).Average())];
        return Array.IndexOf(means, means.Max());
    }

    private static string Text(double value) => value.ToString(".000;-.000", CultureInfo.InvariantCulture);
}
