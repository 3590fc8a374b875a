using System.Diagnostics;
using Detector.Models.Compute;
using Detector.Models.Evaluation;
using Detector.Models.Evaluation.Injection;
using Detector.Models.Training;
using Detector.Worker.Cli.Backtest;
using Detector.Worker.Hosting;
using Detector.Worker.Learning;
using Detector.Worker.Pipeline;
using Detector.Worker.Scoring;
using Detector.Worker.Telemetry;
using Detector.Worker.Windowing;

namespace Detector.Worker.Cli.Tune;

/// <summary>Trains a candidate on the earlier rows of a recording and judges it on the later ones, in the service's own rooms.</summary>
/// <param name="options">Makes the options of the pipeline anew.</param>
/// <param name="failed">Told why a candidate yields no model.</param>
internal sealed class CandidateTrial(TuneRecording recording, Func<PipelineOptions> options, ComputeDevice device, Action<TuneCandidate, string> failed)
{
    private const string Name = "tune";

    /// <returns>Null when the settings yield no model on these rows.</returns>
    /// <exception cref="OperationCanceledException">Stopped.</exception>
    public TuneResult? Judge(TuneCandidate candidate, CancellationToken stop)
    {
        PipelineOptions chosen = options();
        candidate.ApplyTo(chosen, TimeSpan.FromTicks(chosen.Window.Period?.Ticks ?? recording.PeriodTicks));
        string[] errors = [.. WindowOptionsCheck.Errors("Window", chosen.Window), .. ModelOptionsCheck.Errors("Model", chosen.Model)];
        if (errors.Length > 0)
        {
            failed(candidate, string.Join(" ", errors));
            return null;
        }

        chosen.Training.Warmup = TrainingOptions.Endless;
        ModelSettings settings = ModelSettingsFactory.Create(chosen);
        var learner = new ModelLearner(Name, settings, 1, null, device, TimeProvider.System);
        var pipeline = new PipelineRuntime(Name, chosen, "", learner, PipelineSinks.None, new DetectorMetrics(ProcessMetrics.NewRegistry()).Pipeline(Name));
        using var run = new BacktestRun(pipeline, recording.Training, Name);
        try
        {
            recording.Training.Feed(run);
            run.Finish();
            long started = Stopwatch.GetTimestamp();
            run.Train(stop);
            double trained = Stopwatch.GetElapsedTime(started).TotalSeconds;
            return Judge(candidate, run, settings.ThresholdOptions.FalseAlarms.PerDay, chosen.Alert.MergeGap, trained, stop);
        }
        catch (TrainingException error)
        {
            failed(candidate, error.Message);
            return null;
        }
        finally
        {
            run.Learned?.Model.Dispose();
        }
    }

    private TuneResult Judge(TuneCandidate candidate, BacktestRun run, double statedPerDay, TimeSpan mergeGap, double trained, CancellationToken stop)
    {
        int rows = recording.HeldOutTicks.Length;
        double[] scores = new double[rows];
        bool[] verdicts = new bool[rows];
        long started = Stopwatch.GetTimestamp();
        Score(run, recording.HeldOut, scores, verdicts);
        EventOutcomes normal = EventOutcomes.Of(recording.HeldOutTicks, verdicts, new bool[rows], mergeGap);
        var outcomes = new SortedDictionary<InjectedKind, InjectionOutcome>();
        foreach ((InjectedKind kind, InjectedSeries series) in recording.Injected)
        {
            stop.ThrowIfCancellationRequested();
            Score(run, series.Values, scores, verdicts);
            InjectionOutcome outcome = InjectionOutcome.Of(kind, series, scores, verdicts, recording.Options.NormalRows / 2);
            outcomes[kind] = outcomes.TryGetValue(kind, out InjectionOutcome before) ? before.Add(outcome) : outcome;
        }

        double perRow = Stopwatch.GetElapsedTime(started).TotalMicroseconds / ((1.0 + recording.Injected.Count) * rows);
        return new TuneResult(candidate, [.. outcomes.Values], statedPerDay * normal.NormalTime.TotalDays, normal.FalseAlarms, trained, perRow);
    }

    /// <summary>Scores the held-out rows, or a changed copy, by a series of which the model has seen nothing yet. A row without a score is the least anomalous.</summary>
    private void Score(BacktestRun run, double[] values, double[] scores, bool[] verdicts)
    {
        int before = run.Rows.Count;
        var decoder = new RowsDecoder(recording.Features, recording.HeldOutTicks, values);
        run.StartOver(decoder);
        decoder.Feed(run);
        run.Finish();
        Array.Fill(scores, double.NegativeInfinity);
        Array.Clear(verdicts);
        for (int i = before; i < run.Rows.Count; i++)
        {
            int row = Array.BinarySearch(recording.HeldOutTicks, run.Rows[i].Ticks);
            if (row >= 0 && run.Rows[i].Verdict is { } verdict)
                (scores[row], verdicts[row]) = (verdict.Score, verdict.Anomalous);
        }
    }
}
