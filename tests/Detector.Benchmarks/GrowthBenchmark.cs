using System.Diagnostics;
using Detector.Models.Artifacts;
using Detector.Models.Compute;
using Detector.Models.Scoring;
using Detector.Models.Training;
using Detector.Worker.Learning;
using Detector.Worker.Scoring;

namespace Detector.Benchmarks;

/// <summary>How the work grows with features, with the length of the window, with the batch, with the number of series, and how much more cores do.</summary>
internal static class GrowthBenchmark
{
    private const int Batch = 256, Rows = 32, Features = BenchmarkModel.PumpSensors, Fleet = 1000;
    private static readonly int[] s_series = [1, 10, 100, 1000, 10_000, 100_000];

    public static void Run(Report report)
    {
        string[] scored = ["values a window", "µs a window", "ns a value", "windows/s"];
        report.Table($"Scoring by features, window of {Rows}, default ensemble, {Batch} windows at a time, one thread", ["features", .. scored]);
        foreach (int features in (int[])[1, 2, 8, 32, 128, 512])
            Score(report, features, Rows, features, Batch);
        report.Table($"Scoring by window length, {Features} features, default ensemble, {Batch} windows at a time, one thread", ["rows", .. scored]);
        foreach (int rows in (int[])[8, 16, 32, 64, 128, 256])
            Score(report, rows, rows, Features, Batch);
        report.Table($"Scoring by batch, windows of {Rows} × {Features}, default ensemble, one thread", ["batch", .. scored]);
        foreach (int batch in (int[])[1, 4, 16, 64, 256, 1024, 4096])
            Score(report, batch, Rows, Features, batch);

        string[] ran = ["messages/s", "CPU µs a message", "median ms", "99th percentile ms", "resident MB", "KB a series"];
        LearnedModel shared = Learned(new BenchmarkModel(windows: 2000, Rows).Train(new ModelSettings()), Rows);
        report.Table("Whole pipeline in memory by series, the default ensemble for all; latencies at half of the rate", ["series", .. ran]);
        foreach (int series in s_series)
            Pipeline(report, series, new FleetRun(series, "pipeline", Rows, () => shared));
        report.Table("Whole pipeline in memory by cores, 1,000 series, the default ensemble for all", ["cores", .. ran]);
        ByCores(report, cores => Pipeline(report, cores, new FleetRun(Fleet, "pipeline", Rows, () => shared)));
        shared.Model.Dispose();
        TrainedModel small = new BenchmarkModel(windows: 2000, StoredModel.Rows).Train(StoredModel.Settings);
        Artifact artifact = StoredModel.Of(small);
        report.Table($"Whole pipeline in memory by series, a model 64-32-8-32-64 for each on windows of {StoredModel.Rows} × {Features}", ["series", .. ran]);
        foreach (int series in s_series)
            Pipeline(report, series, new FleetRun(series, "series", StoredModel.Rows, () => Loaded(artifact, small)));
    }

    private static void ByCores(Report report, Action<int> run)
    {
        if (!OperatingSystem.IsLinux())
            return;
        using Process process = Process.GetCurrentProcess();
        nint all = process.ProcessorAffinity;
        for (int cores = 1; cores <= Environment.ProcessorCount; cores *= 2)
        {
            process.ProcessorAffinity = Lowest(all, cores); // of this thread, and so of those that it starts
            run(cores);
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

    private static void Score(Report report, int varied, int rows, int features, int size)
    {
        var data = new BenchmarkModel(windows: 400, rows, features);
        using AnomalyModel model = data.Train(new ModelSettings { Trainer = new TrainerOptions { MaxSteps = 5 } }).Model;
        using var scorer = new BatchScorer();
        var batch = new WindowBatch(size);
        for (int i = 0; i < size && !batch.IsFull; i++)
            batch.Add(model, model.CreateMemory(), data.Window(i % 400), i, restarted: false);
        int repeats = Math.Max(1, Batch / size);
        (double time, _) = Measure.PerOperation(repeats * batch.Count, () =>
        {
            for (int i = 0; i < repeats; i++)
                scorer.Score(batch);
        });
        report.Row((double)varied, (double)data.Dimensions.Size, time / 1000, time / data.Dimensions.Size, Math.Round(1e9 / time));
    }

    private static void Pipeline(Report report, int varied, FleetRun run)
    {
        run.Execute();
        report.Row(
            (double)varied, Math.Round(run.Rate), run.CpuMicroseconds, run.Latency(0.5), run.Latency(0.99), Math.Round(run.ResidentMegabytes), varied < Fleet ? "" : Math.Round(run.KilobytesOfSeries, 1));
    }

    private static LearnedModel Learned(TrainedModel trained, int rows) =>
        new(trained.Model, trained.Threshold, rows, TimeSpan.TicksPerSecond, "bench", DateTimeOffset.UnixEpoch, null);

    private static LearnedModel Loaded(Artifact artifact, TrainedModel trained)
    {
        AnomalyModel model = ModelArtifact.Build(artifact, ComputeDevice.Select("cpu"));
        model.ReleaseNetworks();
        return Learned(trained with { Model = model }, StoredModel.Rows);
    }
}
