using Detector.Models.Statistics;

namespace Detector.Models.Tests.Statistics;

public sealed class RunningMedianTests
{
    [Fact]
    public void Of_PeaksAndAStep_LosesPeaksOfUpToReachRowsAndKeepsTheEdge()
    {
        double[] values = [0, 0, 0, 9, 9, 0, 0, 0, 5, 5, 5, 5];
        Assert.Equal([0, 0, 0, 0, 0, 0, 0, 0, 5, 5, 5, 5], RunningMedian.Of(values, new int[12], 2));
    }

    [Fact]
    public void Of_TwoSegments_NeighboursOfTheOtherDoNotCount() =>
        Assert.Equal([1, 1, 7, 7], RunningMedian.Of([1, 1, 7, 7], [0, 0, 1, 1], 3));
}
