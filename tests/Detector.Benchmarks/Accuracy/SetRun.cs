using System.Diagnostics;
using System.Globalization;
using Detector.Worker.Pipeline;

namespace Detector.Benchmarks.Accuracy;

/// <summary>Runs the models of a set, a few at a time; progress goes to the error stream.</summary>
/// <param name="overrides">Values of the pipeline, KEY=VALUE, that were checked.</param>
/// <param name="contamination">Share of the training rows that shows events of the next series of the set, or of the tests where it has but one.</param>
/// <param name="parallel">Models trained and scored at a time.</param>
internal sealed class SetRun(IReadOnlyList<string> overrides, double contamination, int parallel)
{
    private static readonly Stopwatch s_clock = Stopwatch.StartNew();

    /// <summary>What came of each case, and the metrics of its tests.</summary>
    public (CaseOutcome[] Outcomes, TestFigures[][] Figures, SetFigures Set) Run(IPublicSet set, AccuracyCase[] cases, int seed)
    {
        var outcomes = new CaseOutcome[cases.Length];
        var figures = new TestFigures[cases.Length][];
        long metrics = 0;
        int done = 0;
        Parallel.For(0, cases.Length, new ParallelOptions { MaxDegreeOfParallelism = parallel }, i =>
        {
            DefaultPipeline.TryCreate([$"Training:Seed={seed}", .. overrides], out PipelineOptions options, out _);
            outcomes[i] = new CaseRunner(contamination) { Donors = cases.Length > 1 ? cases[(i + 1) % cases.Length].Tests : null }.Run(cases[i], options);
            long started = Stopwatch.GetTimestamp();
            figures[i] = [.. outcomes[i].Tests.Select(test => TestFigures.Of(test, options.Alert.MergeGap))];
            Interlocked.Add(ref metrics, Stopwatch.GetTimestamp() - started);
            Tell(set, outcomes[i], figures[i], seed, Interlocked.Increment(ref done), cases.Length);
        });
        return (outcomes, figures, SetFigures.Of(set, outcomes, [.. figures.SelectMany(tests => tests)], (double)metrics / Stopwatch.Frequency));
    }

    private static void Tell(IPublicSet set, CaseOutcome outcome, TestFigures[] tests, int seed, int done, int all)
    {
        double[] volumes = [.. tests.Select(test => test.Volume.Pr).Where(double.IsFinite)];
        Console.Error.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{s_clock.Elapsed:mm\\:ss} {set.Name} {done}/{all} {outcome.Case.Name}, seed {seed}: VUS-PR {(volumes.Length == 0 ? double.NaN : volumes.Average()):F3}, trained {outcome.TrainSeconds:F1} s, scored {outcome.ScoreSeconds:F1} s"));
    }
}
