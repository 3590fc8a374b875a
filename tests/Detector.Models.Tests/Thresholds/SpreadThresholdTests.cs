using Detector.Models.Thresholds;

namespace Detector.Models.Tests.Thresholds;

public sealed class SpreadThresholdTests
{
    private static readonly double[] s_scores = [.. Enumerable.Range(0, 1000).Select(i => 1.0 + i % 5)]; // 1 … 5, mean 3

    [Theory]
    [InlineData("sigma", 3 + 4 * 1.4142135623730951)]
    [InlineData("mad", 3 + 4 * 1.4826022185056018)]
    public void Fit_Factor_IsTheCentrePlusSoManySpreads(string method, double expected)
    {
        IThreshold threshold = Fitted(method, new ThresholdOptions { Factor = 4 });

        Assert.Equal(expected, threshold.Value, 1e-9);
        Assert.Contains("4 spreads above the centre", threshold.Describe(), StringComparison.Ordinal);
    }

    [Fact]
    public void Fit_StatedRateOfGaussianScores_IsKeptOnIndependentRows()
    {
        var random = new Random(2);
        double[] scores = [.. Enumerable.Range(0, 40 * 1440).Select(_ => Simulation.Gaussian(random))];
        IThreshold threshold = ThresholdFactory.Create("sigma", new ThresholdOptions { FalseAlarms = new(2, TimeSpan.FromDays(1)) });
        threshold.Fit(scores, Simulation.Ticks(scores.Length, TimeSpan.FromMinutes(1)));

        double perDay = Enumerable.Range(0, 200 * 1440).Count(_ => Simulation.Gaussian(random) > threshold.Value) / 200.0;
        Assert.InRange(perDay, 1.2, 3);
    }

    [Fact]
    public void Restore_AnotherFactor_MovesTheThreshold()
    {
        IThreshold threshold = Fitted("sigma", new ThresholdOptions { Factor = 4 });

        IThreshold restored = ThresholdFactory.Restore(threshold.Save(), new ThresholdOptions { Factor = 2 });

        Assert.Equal(3 + 2 * 1.4142135623730951, restored.Value, 1e-9);
    }

    private static IThreshold Fitted(string method, ThresholdOptions options)
    {
        IThreshold threshold = ThresholdFactory.Create(method, options);
        threshold.Fit(s_scores, Simulation.Ticks(s_scores.Length, TimeSpan.FromMinutes(1)));
        return threshold;
    }
}
