using Detector.Models.Thresholds;

namespace Detector.Models.Tests.Thresholds;

public sealed class SparseTailTests
{
    [Fact]
    public void Fit_ManyExponentialScores_IsTheirTail()
    {
        var random = new Random(1);
        double[] scores = [.. Enumerable.Range(0, 100_000).Select(_ => -0.4 * Math.Log(1 - random.NextDouble())).Order()];

        SparseTail tail = SparseTail.Fit(scores, 1, 1440);

        Assert.Equal(1e-3, tail.Survival(-0.4 * Math.Log(1e-3)), 1e-4);
        Assert.Equal(-0.4 * Math.Log(1e-5), tail.InverseSurvival(1e-5), 0.15);
        Assert.Equal(1440, tail.IndependentPerDay);
    }

    [Fact]
    public void Fit_FewDependentScores_ReachesFurtherThanManyOfTheSame()
    {
        double[] scores = [.. Enumerable.Range(0, 400).Select(i => 2 + i / 400.0)];

        SparseTail few = SparseTail.Fit(scores, 40, 86_400), many = SparseTail.Fit(scores, 1, 86_400);

        Assert.True(few.InverseSurvival(1e-6) > many.InverseSurvival(1e-6));
        Assert.Equal(10, few.IndependentRows);
    }

    [Theory]
    [InlineData(0.2)]
    [InlineData(1e-3)]
    [InlineData(1e-9)]
    public void InverseSurvival_IsTheInverse(double survival)
    {
        SparseTail tail = SparseTail.Fit([1, 2, 3, 4, 5, 6, 7, 8], 2, 100);

        Assert.Equal(survival, tail.Survival(tail.InverseSurvival(survival)), 1e-9 * survival);
    }

    [Fact]
    public void Fit_ConstantScores_StaysAboveThem()
    {
        SparseTail tail = SparseTail.Fit([3, 3, 3, 3], 1, 1440);

        Assert.InRange(tail.InverseSurvival(1e-4), 3.01, 5);
        Assert.Equal(1, tail.Survival(2.9));
    }
}
