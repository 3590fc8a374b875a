using Detector.Models.Statistics;

namespace Detector.Models.Tests.Statistics;

public sealed class QuantilesTests
{
    [Theory]
    [InlineData(0, 1)]
    [InlineData(0.25, 1.75)] // numpy.quantile([4, 1, 3, 2], .25)
    [InlineData(0.5, 2.5)]
    [InlineData(0.9, 3.7)]
    [InlineData(1, 4)]
    public void Of_UnsortedValues_IsType7(double probability, double expected) => Assert.Equal(expected, Quantiles.Of([4, 1, 3, 2], probability), 12);

    [Fact]
    public void MedianAbsoluteDeviation_Outlier_IsNotMoved() => Assert.Equal(1, Quantiles.MedianAbsoluteDeviation([1, 2, 3, 4, 1e9]));

    [Fact]
    public void Of_NothingOrNoProbability_IsRefused()
    {
        Assert.Throws<ArgumentException>(() => Quantiles.Of([], 0.5));
        Assert.Throws<ArgumentOutOfRangeException>(() => Quantiles.Of([1], 1.5));
        Assert.Throws<ArgumentOutOfRangeException>(() => Quantiles.Of([1], double.NaN));
    }

    [Fact]
    public void Normal_Tail_MatchesTables()
    {
        Assert.Equal(0.5, Normal.Survival(0), 1e-7);
        Assert.Equal(0.9750021, Normal.Survival(-1.96), 1e-6);
        Assert.Equal(1, Normal.Survival(6) / 9.865876e-10, 1e-5);
        Assert.Equal(4.753424, Normal.InverseSurvival(1e-6), 1e-5);
    }

    [Theory]
    [InlineData(0.0)]
    [InlineData(0.5)]
    [InlineData(0.9)]
    public void IntegratedTime_Ar1_IsOnePlusOverOneMinus(double correlation)
    {
        var values = Simulation.LogGaussian(20_000, correlation, 3).Select(score => Math.Log(score)).ToArray();
        var expected = (1 + correlation) / (1 - correlation);
        Assert.InRange(Autocorrelation.IntegratedTime(values), 0.8 * expected, 1.2 * expected);
        Assert.Equal(1, Autocorrelation.IntegratedTime([1, 1, 1, 1, 1, 1]));
    }
}
