using System.CommandLine;
using System.Globalization;
using Detector.Benchmarks.Accuracy;
using Detector.Models.Autoencoders;
using Detector.Worker.Cli;
using Detector.Worker.Pipeline;

namespace Detector.Benchmarks.Models;

/// <summary><c>models</c>: every network on three series, so that a user can choose one.</summary>
internal static class ModelsCommand
{
    private static readonly (string Set, string Series)[] s_series = [("skab", "valve1-0"), ("smd-tsb", "machine-2-1")];

    public static Command Create()
    {
        var data = new Option<string?>("--data") { Description = $"folder of the sets (default: ${DataFolder.Variable}, or ../shared/data)", HelpName = "DIR" };
        var networks = new Option<string[]>("--networks") { Description = "networks to measure (default: all)", HelpName = "NAME", AllowMultipleArgumentsPerToken = true };
        var set = new Option<string[]>("--set") { Description = "override one value of the pipeline, for example Model:Latent=16", HelpName = "KEY=VALUE" };
        var write = new Option<string?>("--write") { Description = "write the table between the markers of this Markdown file", HelpName = "FILE" };
        var command = new Command("models", "Trains each network on one file of SKAB, one machine of SMD and a simulated pump, and prints what it costs and finds.")
        {
            data, networks, set, write,
        };
        command.SetAction(result =>
        {
            using var text = new StringWriter(CultureInfo.InvariantCulture);
            Run(DataFolder.Find(result.GetValue(data)), result.GetValue(networks) is { Length: > 0 } named ? named : [.. AutoencoderFactory.Names], result.GetValue(set) ?? [], text);
            Console.Out.Write(text);
            if (result.GetValue(write) is { } file)
                MarkedSection.Replace(file, text.ToString());
            return ExitCodes.Ok;
        });
        return command;
    }

    private static void Run(string folder, string[] networks, string[] overrides, TextWriter output)
    {
        using var pump = new SimulatedPump();
        AccuracyCase[] cases =
        [
            .. s_series.Select(named => PublicSets.All.First(set => set.Name == named.Set).Cases(folder).First(work => work.Name == named.Series)),
            pump.Case(),
        ];
        new Report(output).Machine();
        foreach (AccuracyCase work in cases)
        {
            output.WriteLine();
            output.WriteLine($"**{work.Name}**");
            output.WriteLine();
            output.WriteLine("| network | parameters | training s | validation loss | windows/s, one by one | windows/s, 256 at a time | VUS-PR |");
            output.WriteLine("|---|---|---|---|---|---|---|");
            foreach (string network in networks)
            {
                string row = Row(work, network, overrides);
                output.WriteLine(row);
                Console.Error.WriteLine($"{work.Name} {row}");
            }
        }
    }

    private static string Row(AccuracyCase work, string network, string[] overrides)
    {
        if (!DefaultPipeline.TryCreate([$"Model:Networks:0={network}", .. overrides], out PipelineOptions options, out IReadOnlyList<string> errors))
            throw new InvalidDataException(string.Join(" ", errors));
        ModelFigures? figures = null;
        CaseOutcome outcome = new CaseRunner(0).Run(work, options, learned => figures = ModelFigures.Of(learned));
        if (figures is null)
            return $"| {network} | – | – | – | – | – | – |";
        double volume = TestFigures.Of(outcome.Tests[0], options.Alert.MergeGap).Volume.Pr;
        return string.Create(
            CultureInfo.InvariantCulture,
            $"| {network} | {figures.Network.Parameters:N0} | {figures.TrainSeconds:F1} | {figures.Network.BestLoss:G3} | {figures.OneByOne:N0} | {figures.Batched:N0} | {volume:.000} |");
    }
}
