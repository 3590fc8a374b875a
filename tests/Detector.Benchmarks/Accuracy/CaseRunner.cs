using System.Diagnostics;
using Detector.Models.Training;
using Detector.Worker.Cli.Backtest;
using Detector.Worker.Cli.Evaluate;
using Detector.Worker.Hosting;
using Detector.Worker.Learning;
using Detector.Worker.Pipeline;
using Detector.Worker.Telemetry;

namespace Detector.Benchmarks.Accuracy;

/// <summary>Trains and scores a case as <c>detector backtest</c> does: the service's own rooms, in the order of the rows.</summary>
/// <param name="contamination">Share of the training rows that shows events of the tests.</param>
internal sealed class CaseRunner(double contamination)
{
    /// <summary>Tests whose events are mixed in; null: those of the case itself, so that a model learns the very rows it is tested on.</summary>
    public IReadOnlyList<CaseTest>? Donors { get; init; }

    /// <param name="look">Shown the model before it is let go.</param>
    public CaseOutcome Run(AccuracyCase work, PipelineOptions options, Action<LearnedModel>? look = null)
    {
        options.Training.Warmup = TrainingOptions.Endless;
        ModelSettings settings = ModelSettingsFactory.Create(options);
        double stated = settings.ThresholdOptions.FalseAlarms.PerDay;
        var learner = new ModelLearner("accuracy", settings, 1, null, BenchmarkDevice.Select(), TimeProvider.System);
        var pipeline = new PipelineRuntime(
            "accuracy", options, "", learner, PipelineSinks.None, new DetectorMetrics(ProcessMetrics.NewRegistry()).Pipeline("accuracy"));
        CsvTable train = CsvTable.Read(work.TrainFile);
        CsvTable[] tables = [.. work.Tests.Select(test => test.File == work.TrainFile ? train : CsvTable.Read(test.File))];
        int rows = work.TrainRows ?? train.Count;
        IReadOnlyList<CsvTable> donors = contamination == 0 || Donors is null ? tables : [.. Donors.Select(test => CsvTable.Read(test.File))];
        var shares = new ContributionLog();
        using var run = new BacktestRun(pipeline, new TableDecoder(train, Contamination.Mix(rows, donors, contamination)), work.Name) { Scored = shares.Keep };

        long started = Stopwatch.GetTimestamp();
        TableDecoder.Feed(run, 0, rows);
        run.Finish();
        try
        {
            run.Train(CancellationToken.None);
        }
        catch (TrainingException error)
        {
            // No model: nothing is found in this series, and nobody is spared the sight of it.
            Console.Error.WriteLine($"{work.Name}: {error.Message}");
            return new CaseOutcome(work, [.. work.Tests.Zip(tables, (test, table) => new ScoredTest(test, table, []))], stated, null, 0, 0);
        }

        double trained = Stopwatch.GetElapsedTime(started).TotalSeconds;
        var tests = new List<ScoredTest>();
        TimeSpan scoring = TimeSpan.Zero;
        foreach ((CaseTest test, CsvTable table) in work.Tests.Zip(tables))
        {
            shares.Start(test, table);
            started = Stopwatch.GetTimestamp();
            int before = run.Rows.Count;
            if (!test.GoesOn)
                run.StartOver(new TableDecoder(table));
            TableDecoder.Feed(run, test.From, table.Count);
            run.Finish();
            scoring += Stopwatch.GetElapsedTime(started);
            tests.Add(new ScoredTest(test, table, run.Rows.Skip(before)) { Contributions = shares.Kept });
        }

        look?.Invoke(run.Learned!);
        run.Learned!.Model.Dispose();
        return new CaseOutcome(work, tests, stated, run.Learned.Threshold, trained, scoring.TotalSeconds);
    }
}
