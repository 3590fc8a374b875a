using Detector.Models.Scoring;

namespace Detector.Models.Tests.Scoring;

public sealed class ErrorCountsTests
{
    [Fact]
    public void Surprise_ErrorThatOneInAHundredReaches_IsOne()
    {
        double[] counts = new double[ErrorCounts.Bins];
        for (int i = 0; i < 9900; i++)
            ErrorCounts.Add(counts, 1);
        for (int i = 0; i < 100; i++)
            ErrorCounts.Add(counts, 50);

        Assert.Equal(0, ErrorCounts.Surprise(counts, 0.9));
        Assert.Equal(Math.Log(2) / Math.Log(100), ErrorCounts.Surprise(counts, 1), 5e-3);
        Assert.Equal(1, ErrorCounts.Surprise(counts, 20), 5e-3);
        Assert.Equal(1 + Math.Log(2) / Math.Log(100), ErrorCounts.Surprise(counts, 50), 5e-3);
        Assert.Equal(2, ErrorCounts.Surprise(counts, 100), 1e-3);
    }

    [Fact]
    public void Surprise_NothingSeenYet_IsNone()
    {
        Assert.Equal(0, ErrorCounts.Surprise(new double[ErrorCounts.Bins], 1e9));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1e-30)]
    [InlineData(double.MaxValue)]
    public void Add_ErrorOfAnySize_IsCountedOnce(double error)
    {
        double[] counts = new double[ErrorCounts.Bins];
        ErrorCounts.Add(counts, error);

        Assert.Equal(1, counts.Sum());
        Assert.Equal(-Math.Log(0.75) / Math.Log(100), ErrorCounts.Surprise(counts, error), 1e-9);
    }
}
