using Detector.Models.Training;

namespace Detector.Benchmarks;

/// <summary>Training the default ensemble.</summary>
internal static class TrainBenchmark
{
    public static void Run(Report report)
    {
        new BenchmarkModel(windows: 2000, rows: 32).Train(new ModelSettings { Trainer = new TrainerOptions { MaxSteps = 50 } });
        Table(report, "Training on 2,000 windows of 32 × 8, one core", new BenchmarkModel(windows: 2000, rows: 32), ModelSettings.DefaultNetworks);
        Table(report, "Training on 28,000 windows of 32 × 38, the size of an SMD machine, one core",
            new BenchmarkModel(windows: 28_000, rows: 32, features: 38), ModelSettings.DefaultNetworks);
    }

    private static void Table(Report report, string title, BenchmarkModel data, IReadOnlyList<string> networks)
    {
        TimeSpan before = Environment.CpuUsage.TotalTime;
        TrainedModel trained = data.Train(new ModelSettings { Networks = networks });
        double busy = (Environment.CpuUsage.TotalTime - before).TotalSeconds;
        trained.Model.Dispose();
        report.Table(title, "network", "parameters", "steps", "seconds", "of which the processor was busy");
        foreach (NetworkReport network in trained.Report.Networks)
            report.Row(network.Network, (double)network.Parameters, (double)network.Steps, network.Seconds, "");
        report.Row("**all, with calibration**", "", "", trained.Report.Seconds, busy);
    }
}
