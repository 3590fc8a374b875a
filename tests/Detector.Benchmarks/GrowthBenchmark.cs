using System.Diagnostics;
using Detector.Models.Scoring;
using Detector.Models.Training;
using Detector.Worker.Scoring;

namespace Detector.Benchmarks;

/// <summary>How the work grows with features, with the length of the window, with the number of series, and how much more cores do.</summary>
internal static class GrowthBenchmark
{
    private const int Batch = 256;

    public static void Run(Report report)
    {
        report.Table($"Scoring by features, window of 32, default ensemble, {Batch} windows at a time, one thread", "features", "values a window", "µs a window", "ns a value", "windows/s");
        foreach (int features in (int[])[1, 2, 8, 32, 128, 512])
            Score(report, features, 32, features);
        report.Table($"Scoring by window length, 8 features, default ensemble, {Batch} windows at a time, one thread", "rows", "values a window", "µs a window", "ns a value", "windows/s");
        foreach (int rows in (int[])[4, 16, 32, 64, 128])
            Score(report, rows, rows, 8);
        report.Table("Whole pipeline in memory by series, one model for all", "series", "messages/s", "CPU µs a message", "resident MB", "99th percentile ms at full speed");
        foreach (int series in (int[])[1, 10, 100, 1000])
            Pipeline(report, series);
        report.Table("Whole pipeline in memory by cores, 64 series, one model for all", "cores", "messages/s", "CPU µs a message", "resident MB", "99th percentile ms at full speed");
        if (!OperatingSystem.IsLinux())
            return;
        using Process process = Process.GetCurrentProcess();
        nint all = process.ProcessorAffinity;
        for (int cores = 1; cores <= Environment.ProcessorCount; cores *= 2)
        {
            process.ProcessorAffinity = Lowest(all, cores); // of this thread, and so of those that it starts
            Pipeline(report, 64, cores);
        }

        process.ProcessorAffinity = all;
    }

    /// <summary>The first of the processors in a mask.</summary>
    private static nint Lowest(nint mask, int count)
    {
        nint lowest = 0;
        for (int i = 0; i < count; i++)
            lowest |= (mask & ~lowest) & -(mask & ~lowest);
        return lowest;
    }

    private static void Score(Report report, int varied, int rows, int features)
    {
        var data = new BenchmarkModel(windows: 400, rows, features);
        using AnomalyModel model = data.Train(new ModelSettings { Trainer = new TrainerOptions { MaxSteps = 5 } }).Model;
        using var scorer = new BatchScorer();
        var batch = new WindowBatch(Batch);
        for (int i = 0; i < Batch && !batch.IsFull; i++)
            batch.Add(model, model.CreateMemory(), data.Window(i), i, restarted: false);
        (double time, _) = Measure.PerOperation(batch.Count, () => scorer.Score(batch));
        report.Row((double)varied, (double)data.Dimensions.Size, time / 1000, time / data.Dimensions.Size, Math.Round(1e9 / time));
    }

    private static void Pipeline(Report report, int series, int? cores = null)
    {
        // As many messages whatever the series are, but for those that each of them warms up with.
        int samples = PipelineRun.WarmupSamples + Math.Max(20, 100_000 / series);
        var run = new PipelineRun(PlantMessages.Create(series, samples), series, "pipeline") { Settling = series * Math.Max(8, 40_000 / series) };
        run.Execute();
        report.Row((double)(cores ?? series), Math.Round(run.Rate), run.CpuMicroseconds, Math.Round(run.ResidentMegabytes), run.Latency(0.99));
    }
}
