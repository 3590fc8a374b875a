using Detector.Models.Statistics;
using Detector.Models.Thresholds;

namespace Detector.Models.Tests.Thresholds;

public sealed class ThresholdFactoryTests
{
    private static readonly double[] Scores = Simulation.LogGaussian(7200, 0.8, 1);
    private static readonly long[] Ticks = Simulation.Ticks(7200, TimeSpan.FromMinutes(1));

    [Fact]
    public void Create_Quantile_TakesTheQuantileAndStaysThere()
    {
        var threshold = ThresholdFactory.Create("quantile", new ThresholdOptions { Quantile = 0.99 });
        threshold.Fit(Scores, Ticks);
        var expected = Quantiles.Of(Scores, 0.99);
        Assert.Equal(expected, threshold.Value);
        Assert.Equal(0.01, threshold.PValue(expected), 0.003);
        Assert.True(threshold.StatedPerDay > 0);
        for (var i = 0; i < Scores.Length; i++)
            Assert.Equal(Scores[i] > expected, threshold.Observe(Scores[i], Ticks[^1] + Ticks[i]));
        Assert.Equal(expected, threshold.Value);
    }

    [Fact]
    public void Create_Static_TakesTheNumber()
    {
        var threshold = ThresholdFactory.Create("static", new ThresholdOptions { StaticValue = 0.75 });
        threshold.Fit(Scores, Ticks);
        Assert.Equal(0.75, threshold.Value);
        Assert.True(threshold.Observe(0.76, Ticks[^1] + 1));
        Assert.False(threshold.Observe(0.75, Ticks[^1] + 2));
        Assert.Equal(threshold.ExpectedPerDay(0.75), threshold.StatedPerDay, 0.5);
    }

    [Fact]
    public void Create_UnknownMethod_NamesItAndTheKnown()
    {
        var error = Assert.Throws<ArgumentException>(() => ThresholdFactory.Create("peaks", new ThresholdOptions()));
        Assert.Contains("'peaks'", error.Message, StringComparison.Ordinal);
        Assert.Contains("dspot, spot, conformal, sigma, mad, quantile, static", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Create_ImpossibleOptions_ListsEveryProblem()
    {
        var error = Assert.Throws<ArgumentException>(
            () => ThresholdFactory.Create("static", new ThresholdOptions { BaseQuantile = 2, Quantile = 0, ClusterGap = TimeSpan.Zero }));
        foreach (var key in (string[])["BaseQuantile", "Quantile", "ClusterGap", "StaticValue"])
            Assert.Contains(key, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Fit_BadScores_SaysWhich()
    {
        var threshold = ThresholdFactory.Create("spot", new ThresholdOptions());
        Assert.Contains("score 1 of 3", Assert.Throws<ArgumentException>(() => threshold.Fit([1, double.NaN, 2], [1, 2, 3])).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => threshold.Fit([1, double.PositiveInfinity], [1, 2]));
        Assert.Throws<ArgumentException>(() => threshold.Fit([], []));
        Assert.Throws<ArgumentException>(() => threshold.Fit([1, 2], [1]));
        Assert.Throws<ArgumentException>(() => threshold.Fit([1, 2], [1, 2], [0]));
        Assert.Throws<ArgumentException>(() => threshold.Fit([1, 2], [2, 1]));
        threshold.Fit([1, 2], [2, 1], [0, 1]);
    }

    [Fact]
    public void Observe_NaN_IsRefused()
    {
        var threshold = ThresholdFactory.Create("spot", new ThresholdOptions());
        threshold.Fit(Scores, Ticks);
        Assert.Contains("NaN", Assert.Throws<ArgumentException>(() => threshold.Observe(double.NaN, 1)).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => threshold.PValue(double.NaN));
        Assert.True(threshold.Observe(double.PositiveInfinity, 2));
    }

    [Fact]
    public void Observe_BeforeFit_IsRefused() =>
        Assert.Throws<InvalidOperationException>(() => ThresholdFactory.Create("spot", new ThresholdOptions()).Observe(1, 1));
}
