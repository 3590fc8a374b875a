using Detector.Models.Evaluation;

namespace Detector.Models.Tests.Evaluation;

public sealed class ConfusionTests
{
    [Fact]
    public void Of_WorkedExample_CountsEachKind()
    {
        Confusion confusion = Confusion.Of([true, true, false, false, true], [true, false, true, false, true]);
        Assert.Equal(new Confusion(2, 1, 1, 1), confusion);
        Assert.Equal(4.0 / 6, confusion.F1, 1e-12);
        Assert.Equal(0.5, confusion.FalseAlarmRate, 1e-12);
        Assert.Equal(1.0 / 3, confusion.MissRate, 1e-12);
    }

    [Fact]
    public void Add_TwoFiles_PoolsTheirRows()
    {
        Confusion pooled = new Confusion(1, 2, 3, 4) + new Confusion(10, 20, 30, 40);
        Assert.Equal(new Confusion(11, 22, 33, 44), pooled);
    }

    [Fact]
    public void Rates_WithoutSuchRows_AreUndefined()
    {
        Confusion normal = Confusion.Of([false], [false]);
        Assert.True(double.IsNaN(normal.F1) && double.IsNaN(normal.MissRate));
        Assert.Equal(0, normal.FalseAlarmRate);
        Assert.Throws<ArgumentException>(() => Confusion.Of([false], []));
    }
}
