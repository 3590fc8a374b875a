using System.Diagnostics;
using Detector.Models.Artifacts;
using Detector.Models.Compute;
using Detector.Models.Scoring;
using Detector.Models.Thresholds;
using Detector.Models.Training;
using Detector.Worker.Scoring;
using Detector.Worker.Windowing;

namespace Detector.Benchmarks;

/// <summary>A model for each of ten thousand series: a small dense network of 64-32-8-32-64 on windows of 8 × 8.</summary>
internal static class BankBenchmark
{
    private const int Series = 10_000, Rows = StoredModel.Rows, Warmups = 20, Trained = 200;

    public static void Run(Report report)
    {
        var data = new BenchmarkModel(windows: 2000, Rows);
        for (int i = 0; i < Warmups; i++) // until the code is compiled
            data.Train(StoredModel.Settings).Model.Dispose();
        TimeSpan before = Environment.CpuUsage.TotalTime;
        for (int i = 0; i < Trained; i++)
            data.Train(StoredModel.Settings).Model.Dispose();
        double training = (Environment.CpuUsage.TotalTime - before).TotalSeconds / Trained;

        TrainedModel trained = data.Train(StoredModel.Settings);
        Artifact artifact = StoredModel.Of(trained);
        var models = new AnomalyModel[Series];
        var memories = new SeriesMemory[Series];
        var windows = new WindowBuffer[Series];
        var thresholds = new IThreshold[Series];
        var shape = new WindowShape(Rows, TimeSpan.TicksPerSecond, Rows * TimeSpan.TicksPerSecond, 0.5);
        long resident = Resident();
        long started = Stopwatch.GetTimestamp();
        for (int i = 0; i < Series; i++)
        {
            models[i] = ModelArtifact.Build(artifact, ComputeDevice.Select("cpu"));
            models[i].ReleaseNetworks();
            memories[i] = models[i].CreateMemory();
            windows[i] = new WindowBuffer(shape, data.Features.Count);
            thresholds[i] = ThresholdFactory.Restore(trained.Threshold);
        }

        double loading = Stopwatch.GetElapsedTime(started).TotalMilliseconds / Series;
        double kilobytes = (Resident() - resident) / 1024.0 / Series;
        report.Table(
            $"A model for each of {Series:N0} series, dense 64-32-8-32-64 on windows of {Rows} × 8", "windows of each model in a batch", "windows/s on one thread",
            "share of a core at 10,000 windows/s", "KB resident a series: model, memory, window, threshold", "ms to load one", "s to train 1,000, one core, 2,000 windows, 20 epochs");
        foreach (int each in (int[])[1, 4, 16])
        {
            double rate = Score(data, models, memories, each);
            report.Row((double)each, Math.Round(rate), FormattableString.Invariant($"{10_000 / rate:P1}"), Math.Round(kilobytes, 1), loading, training * 1000);
        }

        foreach (AnomalyModel model in models)
            model.Dispose();
        GC.KeepAlive(windows);
        GC.KeepAlive(thresholds);
    }

    /// <summary>Every model in turn, so that none is in the caches when its turn comes.</summary>
    private static double Score(BenchmarkModel data, AnomalyModel[] models, SeriesMemory[] memories, int each)
    {
        using var scorer = new BatchScorer();
        var batch = new WindowBatch(1024);
        (double time, _) = Measure.PerOperation(models.Length * each, () =>
        {
            for (int series = 0; series < models.Length; series++)
            {
                for (int i = 0; i < each; i++)
                    batch.Add(models[series], memories[series], data.Window(i), i, restarted: false);
                if (batch.Count + each <= 1024 && series < models.Length - 1)
                    continue;
                scorer.Score(batch);
                batch.Clear();
            }
        });
        return 1e9 / time;
    }

    private static long Resident()
    {
        GC.Collect();
        GC.WaitForPendingFinalizers();
        GC.Collect();
        return Environment.WorkingSet;
    }
}
