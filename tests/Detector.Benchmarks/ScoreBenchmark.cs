using Detector.Models.Training;
using Detector.Worker.Scoring;

namespace Detector.Benchmarks;

/// <summary>Windows to scores with the default ensemble, on one thread.</summary>
internal static class ScoreBenchmark
{
    public static void Run(Report report)
    {
        var data = new BenchmarkModel(windows: 2000, rows: 32);
        report.Table("Scoring windows of 32 × 8, one thread", "networks", "batch", "µs a batch", "windows/s", "bytes allocated a window");
        foreach (string[] networks in (string[][])[["denoising"], ["variational"], ["linear"], [.. ModelSettings.DefaultNetworks]])
        {
            TrainedModel trained = data.Train(new ModelSettings { Networks = networks, Trainer = new TrainerOptions { MaxSteps = 100 } });
            foreach (int size in (int[])[1, 64, 256, 1024])
            {
                using var scorer = new BatchScorer();
                var batch = new WindowBatch(size);
                for (int i = 0; i < size; i++)
                    batch.Add(trained.Model, trained.Model.CreateMemory(), data.Window(i), i, restarted: false);
                int repeats = Math.Max(1, 8192 / Math.Max(size, 64));
                (double time, double bytes) = Measure.PerOperation(repeats, () =>
                {
                    for (int i = 0; i < repeats; i++)
                        scorer.Score(batch);
                });
                report.Row(string.Join(" + ", networks), (double)size, time / 1000, size * 1e9 / time, Math.Round(bytes / size, 1));
            }

            trained.Model.Dispose();
        }
    }
}
