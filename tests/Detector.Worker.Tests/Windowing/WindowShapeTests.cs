using Detector.Worker.Windowing;

namespace Detector.Worker.Tests.Windowing;

public sealed class WindowShapeTests
{
    private const long Second = TimeSpan.TicksPerSecond;

    [Fact]
    public void From_NothingSet_Takes32MeasuredPeriods() =>
        Assert.Equal(new WindowShape(32, 2 * Second, 32 * Second, 0.5), WindowShape.From(new WindowOptions(), 2 * Second));

    [Fact]
    public void From_EverythingSet_TakesIt()
    {
        var options = new WindowOptions
        {
            Length = TimeSpan.FromMinutes(1), Period = TimeSpan.FromSeconds(1), MaxGap = TimeSpan.FromSeconds(5), MinObserved = 0.9,
        };
        Assert.Equal(new WindowShape(60, Second, 5 * Second, 0.9), WindowShape.From(options, 7));
    }

    [Fact]
    public void From_LengthOfOnePeriod_StillHasTwoRowsAndToleratesNeighbours() =>
        Assert.Equal(new WindowShape(2, Second, Second, 0.5), WindowShape.From(new WindowOptions { Length = TimeSpan.FromSeconds(1) }, Second));

    [Fact]
    public void From_NoPeriodAtAll_Throws() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => WindowShape.From(new WindowOptions(), 0));
}
