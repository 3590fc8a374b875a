using Detector.Models.Thresholds;

namespace Detector.Models.Tests.Thresholds;

public sealed class ConformalThresholdTests
{
    [Fact]
    public void Fit_RateThePeaksCanPromise_IsKept()
    {
        int alarms = 0;
        const int Days = 60, Runs = 15;
        for (int run = 0; run < Runs; run++)
        {
            var random = new Random(run);
            double[] scores = [.. Enumerable.Range(0, 2 * Days * 1440).Select(_ => Math.Sqrt(random.NextDouble()))];
            long[] ticks = Simulation.Ticks(scores.Length, TimeSpan.FromMinutes(1));
            IThreshold threshold = ThresholdFactory.Create(
                "conformal", new ThresholdOptions { FalseAlarms = new(1, TimeSpan.FromDays(2)), ClusterGap = TimeSpan.FromMinutes(5), BaseQuantile = 0.99 });
            threshold.Fit(scores.AsSpan(0, Days * 1440), ticks.AsSpan(0, Days * 1440));
            double value = threshold.Value;
            alarms += scores.Skip(Days * 1440).Count(score => score > value);
        }

        Assert.InRange(alarms / (double)(Days * Runs), 0.25, 0.9);
    }

    [Fact]
    public void Fit_RarerThanThePeaksCanPromise_IsTheHighestAndSaysWhatItGives()
    {
        double[] scores = Simulation.LogGaussian(10 * 1440, 0.5, 3);
        IThreshold threshold = ThresholdFactory.Create("conformal", new ThresholdOptions { FalseAlarms = new(1, TimeSpan.FromDays(1000)) });
        threshold.Fit(scores, Simulation.Ticks(scores.Length, TimeSpan.FromMinutes(1)));

        Assert.Equal(threshold.Save().Episodes.Peaks.Max(), threshold.Value);
        Assert.True(threshold.StatedPerDay > 0.01, $"{threshold.StatedPerDay}");
    }
}
