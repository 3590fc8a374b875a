using Detector.Worker.Learning;

namespace Detector.Worker.Tests.Learning;

public sealed class WarmupPoolTests
{
    private readonly WarmupPool _pool = new();

    [Fact]
    public void CopyRow_OlderRowIsNarrower_IsFilledWithMissing()
    {
        _pool.Add(1, [1]);
        _pool.Add(2, [2, 3]);
        Assert.Equal([1, double.NaN, double.NaN], Row(0, 3));
        Assert.Equal([2, 3, double.NaN], Row(1, 3));
    }

    [Fact]
    public void ForgetHalf_RowsOfDifferentWidths_KeepsTheNewerOnes()
    {
        for (int i = 0; i < 5; i++)
            _pool.Add(i, i < 3 ? [i] : [i, -i]);
        _pool.ForgetHalf();
        Assert.Equal([2, 3, 4], _pool.Ticks.ToArray());
        Assert.Equal([2, double.NaN], Row(0, 2));
        Assert.Equal([4, -4], Row(2, 2));
        _pool.Add(5, [9, 9]);
        Assert.Equal([9, 9], Row(3, 2));
    }

    [Fact]
    public void Span_IsTheTimeFromFirstToLast()
    {
        Assert.Equal(TimeSpan.Zero, _pool.Span);
        _pool.Add(5, [1]);
        _pool.Add(12, [1]);
        Assert.Equal(7, _pool.Span.Ticks);
    }

    private double[] Row(int index, int width)
    {
        double[] row = new double[width];
        _pool.CopyRow(index, row);
        return row;
    }
}
