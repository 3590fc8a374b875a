using System.Globalization;
using Detector.Benchmarks.Accuracy;
using Detector.Models.Compute;
using Detector.Worker.Cli.Backtest;
using Detector.Worker.Cli.Logs;
using Detector.Worker.Contracts;
using Detector.Worker.Decoding.Logs;
using Detector.Worker.Hosting;
using Detector.Worker.Learning;
using Detector.Worker.Pipeline;
using Detector.Worker.Telemetry;

namespace Detector.Benchmarks.Logs;

/// <summary>
/// Time windows of BGL, whose first 10,000 lines are all normal: the first half is learned from, and every alert in the second is a false one. The
/// whole pipeline as <c>backtest --logs</c> runs it; beside it how many templates are new, each of which a trivial detector would alarm at, and its speed.
/// </summary>
internal static class WindowTable
{
    private const int Train = 5000;

    public static void Write(string folder, Report report)
    {
        List<byte[]> lines = LogFiles.Lines(Path.Combine(folder, "logs_bgl", "BGL_first10k.log.gz"));
        report.Table(
            "Time windows of the first 10,000 lines of BGL, the second half", "stated false alarms", "bucket", "buckets scored", "above the threshold", "false alarms",
            "templates that are new", "whole pipeline, lines a second of processor time");
        foreach (string rate in (string[])["1 per series per week", "1 per series per day", "1 per series per hour"])
            Row(report, Path.Combine(folder, "logs_bgl", "BGL_first10k.log.gz"), lines, rate);
    }

    private static void Row(Report report, string path, List<byte[]> lines, string rate)
    {
        if (!DefaultPipeline.TryCreate([$"Threshold:FalseAlarms={rate}"], out PipelineOptions options, out IReadOnlyList<string> errors))
            throw new InvalidDataException(string.Join(' ', errors));
        options.Training.Warmup = TrainingOptions.Endless;
        TimeProvider clock = TimeProvider.System;
        LogDecoder decoder = LogInput.Decoder(new LogChoice(null, null, null), path, Train, "bgl", clock, options);
        var learner = new ModelLearner("logs", ModelSettingsFactory.Create(options), options.Training.KeepVersions, store: null, ComputeDevice.Select("cpu"), clock);
        var pipeline = new PipelineRuntime("logs", options, "", learner, PipelineSinks.None, new DetectorMetrics(ProcessMetrics.NewRegistry()).Pipeline("logs"));
        using var run = new BacktestRun(pipeline, decoder, "bgl");
        Feed(run, lines, 0, Train);
        run.Finish();
        run.Train(CancellationToken.None);
        int known = decoder.Miner.Templates.Count;
        TimeSpan before = Environment.CpuUsage.TotalTime;
        Feed(run, lines, Train, lines.Count);
        run.Finish();
        double seconds = (Environment.CpuUsage.TotalTime - before).TotalSeconds;
        report.Row(
            rate, options.Window.Period!.Value.TotalSeconds.ToString("0.# s", CultureInfo.InvariantCulture), run.Rows.Count, run.Rows.Count(row => row.Verdict is { Anomalous: true }),
            run.Alerts.Count(alert => alert is { Kind: AlertKind.Anomaly, State: AlertState.Firing }), decoder.Miner.Templates.Count - known, (lines.Count - Train) / seconds);
    }

    private static void Feed(BacktestRun run, List<byte[]> lines, int from, int to)
    {
        for (int i = from; i < to; i++)
            run.TryAccept(new RawMessage(lines[i], "bgl"u8.ToArray(), "bgl", 0, i, Receipt.None));
    }
}
