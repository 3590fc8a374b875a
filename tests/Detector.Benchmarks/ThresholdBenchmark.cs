using Detector.Models.Thresholds;

namespace Detector.Benchmarks;

/// <summary>From a score to whether it is anomalous, and how improbable it is, by every method.</summary>
internal static class ThresholdBenchmark
{
    private const int Calibrated = 20_000, Scores = 100_000;

    public static void Run(Report report)
    {
        report.Table($"Thresholds, fitted on {Calibrated:N0} scores of one a second", "method", "ns to judge a score and learn from it", "ns for its probability", "bytes allocated a score", "ms to fit");
        double[] calibration = Draw(Calibrated, seed: 1), stream = Draw(Scores, seed: 2);
        long[] ticks = [.. Enumerable.Range(0, Calibrated).Select(Ticks)];
        foreach (string method in ThresholdFactory.Names)
        {
            IThreshold threshold = ThresholdFactory.Create(method, new ThresholdOptions { StaticValue = 8 });
            (double fit, _) = Measure.PerOperation(1, () => threshold.Fit(calibration, ticks));
            int row = Calibrated;
            (double judge, double bytes) = Measure.PerOperation(Scores, () =>
            {
                foreach (double score in stream)
                    threshold.Observe(score, Ticks(row++));
            });
            double sum = 0;
            (double probability, _) = Measure.PerOperation(Scores, () =>
            {
                foreach (double score in stream)
                    sum += threshold.PValue(score);
            });
            report.Row(method, judge, probability, bytes, fit / 1e6);
        }
    }

    private static long Ticks(int row) => PlantMessages.Start.UtcTicks + row * TimeSpan.TicksPerSecond;

    /// <summary>Exponential scores that hold on for some rows, as those of a running mean do.</summary>
    private static double[] Draw(int count, int seed)
    {
        var random = new Random(seed);
        double held = 1;
        return [.. Enumerable.Range(0, count).Select(_ => held += 0.3 * (-Math.Log(1 - random.NextDouble()) - held))];
    }
}
