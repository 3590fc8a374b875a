using Detector.Worker.Windowing;

namespace Detector.Worker.Tests.Windowing;

public sealed class SamplingPeriodTests
{
    private const long Millisecond = TimeSpan.TicksPerMillisecond;

    [Fact]
    public void TryMeasure_GapsAndRepeats_TakesTheMedian()
    {
        long[] ticks = [.. new double[] { 0, 1000.2, 1000.2, 2000, 3000.1, 60_000, 61_000, 62_000 }.Select(ms => (long)(ms * Millisecond))];
        Assert.True(SamplingPeriod.TryMeasure(ticks, out long period));
        Assert.Equal(1000 * Millisecond, period);
    }

    [Fact]
    public void TryMeasure_FastStream_IsNotRounded()
    {
        Assert.True(SamplingPeriod.TryMeasure([0, 12_345, 24_690], out long period));
        Assert.Equal(12_345, period);
    }

    [Fact]
    public void TryMeasure_FewerThanTwoTimes_SaysNo()
    {
        Assert.False(SamplingPeriod.TryMeasure([], out _));
        Assert.False(SamplingPeriod.TryMeasure([5], out _));
        Assert.False(SamplingPeriod.TryMeasure([5, 5, 5], out _));
        Assert.Throws<ArgumentException>(() => SamplingPeriod.Measure([5, 5]));
    }

    [Fact]
    public void Measure_LongStream_LooksAtItsStartOnly()
    {
        long[] ticks = [.. Enumerable.Range(0, 4096).Select(i => i * 1000L * Millisecond), .. Enumerable.Range(1, 20_000).Select(i => (5_000_000L + i) * Millisecond)];
        Assert.Equal(1000 * Millisecond, SamplingPeriod.Measure(ticks));
    }
}
