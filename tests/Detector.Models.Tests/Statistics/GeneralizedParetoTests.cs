using Detector.Models.Statistics;

namespace Detector.Models.Tests.Statistics;

public sealed class GeneralizedParetoTests
{
    [Theory]
    [InlineData(-0.3)]
    [InlineData(-0.1)]
    [InlineData(0)]
    [InlineData(0.1)]
    [InlineData(0.3)]
    public void FitPwm_SimulatedExcesses_RecoversParameters(double shape)
    {
        var truth = new GeneralizedPareto(shape, 0.4);
        var random = new Random(7);
        var excesses = Enumerable.Range(0, 50_000).Select(_ => truth.InverseSurvival(1 - random.NextDouble())).ToArray();
        var fitted = GeneralizedPareto.FitPwm(excesses);
        Assert.Equal(shape, fitted.Shape, 0.03);
        Assert.Equal(0.4, fitted.Scale, 0.012);
    }

    [Theory]
    [InlineData(-0.5)]
    [InlineData(-1e-10)]
    [InlineData(0)]
    [InlineData(1e-12)]
    [InlineData(1e-7)]
    [InlineData(0.5)]
    public void InverseSurvival_OfSurvival_IsTheExcess(double shape)
    {
        var tail = new GeneralizedPareto(shape, 2);
        foreach (var probability in (double[])[1, 0.9, 0.5, 1e-3, 1e-9, shape < -0.1 ? 1e-10 : 1e-30]) // near a bound excesses run out of digits
            Assert.Equal(1, tail.Survival(tail.InverseSurvival(probability)) / probability, 1e-6);
        Assert.Equal(tail.InverseSurvival(0.25), tail.Quantile(0.75), 1e-12);
        Assert.Equal(0, tail.Quantile(0));
    }

    [Fact]
    public void InverseSurvival_ShapeNearZero_MeetsTheExponential()
    {
        var expected = -Math.Log(1e-6);
        foreach (var shape in (double[])[-1e-8, -1e-10, 0, 1e-10, 1e-8])
            Assert.Equal(expected, new GeneralizedPareto(shape, 1).InverseSurvival(1e-6), 1e-5);
    }

    [Fact]
    public void Survival_BeyondABound_IsZero()
    {
        Assert.Equal(0, new GeneralizedPareto(-0.5, 1).Survival(2));
        Assert.Equal(0, new GeneralizedPareto(0.5, 1).Survival(double.PositiveInfinity));
        Assert.Equal(1, new GeneralizedPareto(0.5, 1).Survival(-3));
    }

    [Fact]
    public void FitPwm_ExtremeSamples_IsClipped()
    {
        Assert.Equal(-0.5, GeneralizedPareto.FitPwm([1, 1, 1, 1]).Shape);
        Assert.Equal(0.5, GeneralizedPareto.FitPwm([1e-6, 1e-6, 1e-6, 1e-6, 1e-6, 1e-6, 100]).Shape);
        Assert.Equal(new GeneralizedPareto(0, 2), GeneralizedPareto.FitPwm([2]));
        Assert.Throws<ArgumentException>(() => GeneralizedPareto.FitPwm([]));
        Assert.Throws<ArgumentException>(() => GeneralizedPareto.FitPwm([0, 0]));
    }
}
