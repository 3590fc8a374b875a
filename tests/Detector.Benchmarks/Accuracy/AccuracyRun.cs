using System.Diagnostics;
using System.Globalization;
using Detector.Worker.Cli;
using Detector.Worker.Pipeline;

namespace Detector.Benchmarks.Accuracy;

/// <summary>Runs the sets one after the other, the models of a set a few at a time; progress goes to the error stream.</summary>
internal sealed class AccuracyRun(AccuracyArguments arguments, TextWriter output)
{
    private readonly string _folder = DataFolder.Find(arguments.Data);
    private readonly Stopwatch _clock = Stopwatch.StartNew();

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
        var outcomes = new CaseOutcome[cases.Length];
        var figures = new TestFigures[cases.Length][];
        long metrics = 0;
        int done = 0;
        Parallel.For(0, cases.Length, new ParallelOptions { MaxDegreeOfParallelism = arguments.Parallel }, i =>
        {
            TryOptions(seed, out PipelineOptions options, out _);
            outcomes[i] = new CaseRunner(arguments.Contamination).Run(cases[i], options);
            long started = Stopwatch.GetTimestamp();
            figures[i] = [.. outcomes[i].Tests.Select(test => TestFigures.Of(test, options.Alert.MergeGap))];
            Interlocked.Add(ref metrics, Stopwatch.GetTimestamp() - started);
            Tell(set, outcomes[i], figures[i], seed, Interlocked.Increment(ref done), cases.Length);
        });
        if (arguments.Details)
            new AccuracyTable(arguments, Console.Error).WriteSeries(outcomes, figures);
        return SetFigures.Of(set, outcomes, [.. figures.SelectMany(tests => tests)], (double)metrics / Stopwatch.Frequency);
    }

    private bool TryOptions(int seed, out PipelineOptions options, out IReadOnlyList<string> errors) =>
        DefaultPipeline.TryCreate([$"Training:Seed={seed}", .. arguments.Overrides], out options, out errors);

    private void Tell(IPublicSet set, CaseOutcome outcome, TestFigures[] tests, int seed, int done, int all)
    {
        double[] volumes = [.. tests.Select(test => test.Volume.Pr).Where(double.IsFinite)];
        Console.Error.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{_clock.Elapsed:mm\\:ss} {set.Name} {done}/{all} {outcome.Case.Name}, seed {seed}: VUS-PR {(volumes.Length == 0 ? double.NaN : volumes.Average()):F3}, trained {outcome.TrainSeconds:F1} s, scored {outcome.ScoreSeconds:F1} s"));
    }
}
