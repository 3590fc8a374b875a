using Detector.Models.Autoencoders;
using Detector.Models.Inference;
using Detector.Models.Scoring;
using Detector.Models.Training;
using Detector.Worker.Scoring;
using static TorchSharp.torch;

namespace Detector.Benchmarks;

/// <summary>Windows to scores with the default ensemble, on one thread: the networks alone beside the machine's limit, and everything.</summary>
internal static class ScoreBenchmark
{
    private static readonly string[][] s_networks = [["denoising"], ["variational"], ["linear"], [.. ModelSettings.DefaultNetworks]];

    public static void Run(Report report)
    {
        report.Table("Limits of the machine, one thread", "product of two large matrices, GFLOP/s", "memcpy of 64 MiB, GB/s", "vector bits");
        double limit = MachineLimits.Gemm();
        report.Row(limit, MachineLimits.Copy(), (double)MachineLimits.VectorBits);
        Plans(report, limit, features: 8);
        Plans(report, limit, features: 38);
        Table(report, limit, features: 8, 1, 16, 64, 256, 1024, 4096);
        Table(report, limit, features: 38, 1, 64, 256); // a machine of SMD
    }

    /// <summary>The networks' products alone, in tiles as scoring runs them.</summary>
    private static void Plans(Report report, double limit, int features)
    {
        var data = new BenchmarkModel(windows: 2000, rows: 32, features);
        using AnomalyModel model = data.Train(new ModelSettings { Trainer = new TrainerOptions { MaxSteps = 20 } }).Model;
        report.Table(
            $"Networks alone, windows of 32 × {features} in tiles of {ScoringWorkspace.TileRows}, one thread", "network", "FLOP a window", "windows/s", "GFLOP/s", "share of the limit");
        NetworkPlan[] whole = [.. model.Members.Select(network => network.Compile(newestOnly: false)!)];
        NetworkPlan[] needed = [.. model.Members.Select(network => network.Compile(newestOnly: network.Name != "linear")!)];
        for (int n = 0; n < needed.Length; n++)
        {
            Row(report, limit, $"{model.Networks[n]}, whole window", data, whole[n]);
            if (needed[n].Operations < whole[n].Operations)
                Row(report, limit, $"{model.Networks[n]}, newest row", data, needed[n]);
        }

        Row(report, limit, "**what a score needs of all three**", data, needed);
        using Generator generator = new(1, CPU);
        foreach (string name in (string[])["convolutional", "recurrent", "adversarial"])
        {
            using Autoencoder network = AutoencoderFactory.Create(name, data.Dimensions, new NetworkOptions(), generator);
            Row(report, limit, $"{name}, whole window", data, network.Compile(newestOnly: false)!);
            Row(report, limit, $"{name}, newest row", data, network.Compile(newestOnly: true)!);
        }
    }

    private static void Row(Report report, double limit, string name, BenchmarkModel data, params NetworkPlan[] plans)
    {
        const int Tiles = 16;
        int size = data.Dimensions.Size;
        float[] windows = new float[ScoringWorkspace.TileRows * size];
        var random = new Random(1);
        foreach (ref float value in windows.AsSpan())
            value = random.NextSingle() - 0.5f;
        var scratch = new PlanScratch();
        (double time, _) = Measure.PerOperation(Tiles * ScoringWorkspace.TileRows, () =>
        {
            for (int tile = 0; tile < Tiles; tile++)
            {
                foreach (NetworkPlan plan in plans)
                    plan.Run(windows, size, ScoringWorkspace.TileRows, scratch);
            }
        });
        long operations = plans.Sum(plan => plan.Operations);
        report.Row(name, (double)operations, 1e9 / time, operations / time, FormattableString.Invariant($"{100 * operations / time / limit:F0} %"));
    }

    private static void Table(Report report, double limit, int features, params int[] sizes)
    {
        var data = new BenchmarkModel(windows: 4096, rows: 32, features);
        report.Table($"Scoring windows of 32 × {features}, one thread: raw values to scores and contributions", "networks", "batch", "µs a batch", "windows/s", "GFLOP/s of the networks", "share of the limit", "bytes allocated a window");
        foreach (string[] networks in s_networks)
        {
            using AnomalyModel model = data.Train(new ModelSettings { Networks = networks, Trainer = new TrainerOptions { MaxSteps = 20 } }).Model;
            long operations = model.Operations;
            foreach (int size in sizes)
            {
                using var scorer = new BatchScorer();
                var batch = new WindowBatch(size);
                for (int i = 0; i < size && !batch.IsFull; i++)
                    batch.Add(model, model.CreateMemory(), data.Window(i), i, restarted: false);
                int repeats = Math.Max(1, 1024 / Math.Max(size, 8));
                (double time, double bytes) = Measure.PerOperation(repeats * batch.Count, () =>
                {
                    for (int i = 0; i < repeats; i++)
                        scorer.Score(batch);
                });
                report.Row(string.Join(" + ", networks), (double)batch.Count, time * batch.Count / 1000, 1e9 / time, operations / time, FormattableString.Invariant($"{100 * operations / time / limit:F0} %"), bytes);
            }
        }
    }
}
