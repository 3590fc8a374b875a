using Detector.Models.Training;
using Detector.Worker.Scoring;

namespace Detector.Benchmarks;

/// <summary>Windows to scores with the default ensemble, on one thread.</summary>
internal static class ScoreBenchmark
{
    private static readonly string[][] s_networks = [["denoising"], ["variational"], ["linear"], [.. ModelSettings.DefaultNetworks]];

    public static void Run(Report report)
    {
        Table(report, features: 8, 1, 64, 256, 1024);
        Table(report, features: 38, 1, 64, 256); // a machine of SMD
    }

    private static void Table(Report report, int features, params int[] sizes)
    {
        var data = new BenchmarkModel(windows: 2000, rows: 32, features);
        var alone = new Dictionary<int, double>(); // nanoseconds a batch of the first row takes
        report.Table($"Scoring windows of 32 × {features}, one thread", "networks", "batch", "µs a batch", "windows/s", "times denoising", "bytes allocated a window");
        foreach (string[] networks in s_networks)
        {
            TrainedModel trained = data.Train(new ModelSettings { Networks = networks, Trainer = new TrainerOptions { MaxSteps = 100 } });
            foreach (int size in sizes)
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
                alone.TryAdd(size, time);
                report.Row(string.Join(" + ", networks), (double)size, time / 1000, size * 1e9 / time, Math.Round(time / alone[size], 2), Math.Round(bytes / size, 1));
            }

            trained.Model.Dispose();
        }
    }
}
