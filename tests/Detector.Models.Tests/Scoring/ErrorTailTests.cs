using Detector.Models.Scoring;

namespace Detector.Models.Tests.Scoring;

public sealed class ErrorTailTests
{
    [Theory]
    [InlineData(0.2)]
    [InlineData(0.5)]
    [InlineData(1.0)]
    public void Fit_ParetoErrors_FindsLevelAndIndex(double index)
    {
        var random = new Random(1);
        double[] errors = [.. Enumerable.Range(0, 50_000).Select(_ => Math.Pow(1 - random.NextDouble(), -index))];

        ErrorTail tail = ErrorTail.Fit(errors);

        Assert.Equal(Math.Pow(0.1, -index), tail.Base, 0.03 * tail.Base);
        Assert.Equal(index, tail.Index, 0.03 * index);
        Assert.True(tail.IsValid);
    }

    [Fact]
    public void Score_ErrorsTenTimesRarer_AreLogTenHigher()
    {
        var random = new Random(2);
        ErrorTail tail = ErrorTail.Fit([.. Enumerable.Range(0, 50_000).Select(_ => Math.Pow(1 - random.NextDouble(), -0.5))]);

        double rare = tail.Score(Math.Pow(1e-5, -0.5)), rarer = tail.Score(Math.Pow(1e-6, -0.5));

        Assert.Equal(Math.Log(10), rarer - rare, 0.15);
    }

    [Fact]
    public void Fit_FewErrors_LeansOnTheTypicalTail()
    {
        ErrorTail wild = ErrorTail.Fit([1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1e9]);
        ErrorTail flat = ErrorTail.Fit([2, 2, 2, 2]);

        Assert.InRange(wild.Index, 0.3f, 1.5f);
        Assert.Equal(0.3f, flat.Index);
        Assert.Equal(2f, flat.Base);
    }

    [Fact]
    public void Fit_NoErrorAtAll_StaysPositive()
    {
        ErrorTail tail = ErrorTail.Fit(new double[100]);

        Assert.True(tail.IsValid);
        Assert.Equal(0, tail.Score(0));
        Assert.True(double.IsFinite(tail.Score(400)));
    }
}
