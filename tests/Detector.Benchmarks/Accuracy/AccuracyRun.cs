using Detector.Worker.Cli;
using Detector.Worker.Pipeline;

namespace Detector.Benchmarks.Accuracy;

/// <summary>Runs the sets one after the other, the models of a set a few at a time; progress goes to the error stream.</summary>
internal sealed class AccuracyRun(AccuracyArguments arguments, TextWriter output)
{
    private readonly string _folder = DataFolder.Find(arguments.Data);
    private readonly SetRun _sets = new(arguments.Overrides, arguments.Contamination, arguments.Parallel);

    public int Run()
    {
        if (!TryOptions(1, out _, out IReadOnlyList<string> errors))
        {
            foreach (string error in errors)
                Console.Error.WriteLine(error);
            return ExitCodes.Configuration;
        }

        var table = new AccuracyTable(arguments, output);
        var own = new List<(IPublicSet Set, SetFigures Figures)>();
        table.WriteHeader();
        foreach (IPublicSet set in PublicSets.All.Where(set => arguments.Sets.Count == 0 || arguments.Sets.Contains(set.Name)))
        {
            AccuracyCase[] cases = [.. set.Cases(_folder).Where(InHalf).Select(Chosen).Where(work => work.Tests.Count > 0)];
            if (cases.Length == 0)
                continue;
            SetFigures figures = SetFigures.Mean([.. Enumerable.Range(1, arguments.Seeds).Select(seed => RunSet(set, cases, seed))]);
            table.WriteRow(set, cases.Sum(work => work.Tests.Count), figures);
            new AccuracyTable(arguments, Console.Error).WriteRow(set, cases.Sum(work => work.Tests.Count), figures);
            own.Add((set, figures));
        }

        table.WriteCalibration(own);
        table.WriteOwnFigures(own);
        return ExitCodes.Ok;
    }

    /// <summary>Every second model, so that settings chosen on one half can be tested on the other; a set of one model is in both.</summary>
    private bool InHalf(AccuracyCase work, int index) => arguments.Half == 0 || work.Tests.Count > 1 || index % 2 == arguments.Half - 1;

    private AccuracyCase Chosen(AccuracyCase work) => arguments.Only.Count == 0
        ? work
        : work with { Tests = [.. work.Tests.Where(test => arguments.Only.Contains(test.Name))] };

    private SetFigures RunSet(IPublicSet set, AccuracyCase[] cases, int seed)
    {
        (CaseOutcome[] outcomes, TestFigures[][] figures, SetFigures all) = _sets.Run(set, cases, seed);
        if (arguments.Details)
            new AccuracyTable(arguments, Console.Error).WriteSeries(outcomes, figures);
        return all;
    }

    private bool TryOptions(int seed, out PipelineOptions options, out IReadOnlyList<string> errors) =>
        DefaultPipeline.TryCreate([$"Training:Seed={seed}", .. arguments.Overrides], out options, out errors);
}
