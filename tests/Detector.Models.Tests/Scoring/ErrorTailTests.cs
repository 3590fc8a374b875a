using Detector.Models.Scoring;

namespace Detector.Models.Tests.Scoring;

public sealed class ErrorTailTests
{
    [Fact]
    public void Score_ErrorThatOneInAHundredHeldOutWindowsExceeds_IsOne()
    {
        double[] errors = Pareto(0.5, seed: 1), held = Pareto(0.8, seed: 2);

        ErrorTail tail = ErrorTail.Fit(errors, held);

        Assert.Equal(Math.Pow(0.05, -0.5), tail.Base, 0.03 * tail.Base);
        Assert.Equal(1, tail.Score(Math.Pow(0.01, -0.8)), 0.05);
        Assert.True(tail.IsValid);
    }

    [Fact]
    public void Score_ErrorsTenTimesRarer_AreAsMuchHigherEachTime()
    {
        double[] errors = Pareto(0.5, seed: 3);
        ErrorTail tail = ErrorTail.Fit(errors, errors);

        double first = tail.Score(Math.Pow(1e-6, -0.5)) - tail.Score(Math.Pow(1e-5, -0.5));
        double second = tail.Score(Math.Pow(1e-7, -0.5)) - tail.Score(Math.Pow(1e-6, -0.5));

        Assert.Equal(first, second, 0.02);
        Assert.True(first > 0.5);
    }

    [Fact]
    public void Score_ViewThatIsOftenWrongOnNewData_SaysLess()
    {
        double[] errors = Pareto(0.5, seed: 4);
        ErrorTail sure = ErrorTail.Fit(errors, errors), wrong = ErrorTail.Fit(errors, Pareto(1.5, seed: 5));

        Assert.True(wrong.Score(1000) < 0.5 * sure.Score(1000));
    }

    [Fact]
    public void Fit_QuietHeldOutPart_UnitIsNoLessThanTheBase()
    {
        ErrorTail tail = ErrorTail.Fit([2, 2, 2, 2], [0, 0]);

        Assert.Equal(2f, tail.Base);
        Assert.Equal(Math.Log(2), tail.Unit, 1e-6);
    }

    [Fact]
    public void Fit_NoErrorAtAll_StaysPositive()
    {
        ErrorTail tail = ErrorTail.Fit(new double[100], new double[10]);

        Assert.True(tail.IsValid);
        Assert.Equal(0, tail.Score(0));
        Assert.True(double.IsFinite(tail.Score(400)));
    }

    private static double[] Pareto(double index, int seed)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, 50_000).Select(_ => Math.Pow(1 - random.NextDouble(), -index))];
    }
}
