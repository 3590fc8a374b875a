using Detector.Models.Training;

namespace Detector.Models.Tests.Training;

public sealed class TimeScaleTests
{
    private const int Rows = 4000, HeldFrom = 3000;

    [Fact]
    public void Choose_ErrorsThatComeSingly_AreTakenOverManyRows()
    {
        var random = new Random(1);
        double[] errors = [.. Enumerable.Range(0, Rows).Select(_ => random.NextDouble() < 0.08 ? 50.0 : 1)];

        Assert.Equal(32, TimeScale.Choose(errors, new bool[Rows], HeldFrom).Rows);
    }

    [Fact]
    public void Choose_ErrorsThatLast_AreTakenOverFew()
    {
        double[] errors = [.. Enumerable.Range(0, Rows).Select(i => i / 100 % 10 == 9 ? 50.0 : 1)];

        Assert.Equal(4, TimeScale.Choose(errors, new bool[Rows], HeldFrom).Rows);
    }

    [Fact]
    public void Choose_OnlyHeldOutErrors_Decide()
    {
        var random = new Random(1);
        double[] errors = [.. Enumerable.Range(0, Rows).Select(i => i < HeldFrom && random.NextDouble() < 0.08 ? 50.0 : 1)];

        Assert.Equal(4, TimeScale.Choose(errors, new bool[Rows], HeldFrom).Rows);
    }

    [Fact]
    public void Choose_AfterAGap_TheMeanBeginsAnew()
    {
        double[] errors = [8, 8, 2, 4];

        Assert.Equal([8.0, 8.0, 2.0, 3.0], TimeScale.Choose(errors, [true, false, true, false], 2).Means);
    }
}
