using Detector.Models.Training;

namespace Detector.Benchmarks;

/// <summary>Training the default ensemble.</summary>
internal static class TrainBenchmark
{
    public static void Run(Report report)
    {
        var data = new BenchmarkModel(windows: 2000, rows: 32);
        data.Train(new ModelSettings { Trainer = new TrainerOptions { MaxSteps = 50 } });
        TrainedModel trained = data.Train(new ModelSettings());
        report.Table("Training on 2,000 windows of 32 × 8, one core", "network", "parameters", "steps", "seconds");
        foreach (NetworkReport network in trained.Report.Networks)
            report.Row(network.Network, (double)network.Parameters, (double)network.Steps, network.Seconds);
        report.Row("**all, with calibration**", "", "", trained.Report.Seconds);
    }
}
