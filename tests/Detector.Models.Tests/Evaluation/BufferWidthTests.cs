using Detector.Models.Evaluation;

namespace Detector.Models.Tests.Evaluation;

public sealed class BufferWidthTests
{
    [Theory]
    [InlineData(24)]
    [InlineData(97)]
    public void Of_PeriodicFeature_IsItsPeriod(int period) =>
        Assert.Equal(period, BufferWidth.Of([.. Enumerable.Range(0, 40 * period).Select(i => Math.Sin(2 * Math.PI * i / period))]));

    [Fact]
    public void Of_NoPeak_IsTheFallback()
    {
        Assert.Equal(BufferWidth.Fallback, BufferWidth.Of(new double[500]));
        Assert.Equal(BufferWidth.Fallback, BufferWidth.Of([]));
        Assert.Equal(BufferWidth.Fallback, BufferWidth.Of([.. Enumerable.Range(0, 1000).Select(i => (double)i)]));
    }

    [Fact]
    public void Of_MissingValues_TakeTheOneBefore()
    {
        double[] values = [.. Enumerable.Range(0, 1000).Select(i => Math.Sin(2 * Math.PI * i / 30))];
        values[10] = double.NaN;
        Assert.Equal(30, BufferWidth.Of(values));
    }
}
