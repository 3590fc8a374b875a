using Detector.Models.Scoring;

namespace Detector.Models.Tests.Scoring;

public sealed class AdaptiveScaleTests
{
    [Fact]
    public void Fit_EachFeature_MeanAndVarianceOfWhatWasMeasured()
    {
        AdaptiveScale scale = AdaptiveScale.Fit([1, 10, 3, float.NaN, 5, 30], [], 2, 1000);

        Assert.Equal([3f, 20f], scale.Centre);
        Assert.Equal(8f / 3, scale.Variance[0], 1e-5);
        Assert.Equal(100f, scale.Variance[1], 1e-4);
        Assert.Equal(3, scale.Rows);
    }

    [Fact]
    public void Fit_HeldOutRowsThatAreFurtherOff_CountUpToFourDeviations()
    {
        float[] learned = [1, -1, 1, -1];

        Assert.Equal(9f, AdaptiveScale.Fit(learned, [3, -3], 1, 1000).Variance[0], 1e-4);
        Assert.Equal(8.5f, AdaptiveScale.Fit(learned, [1, 1000], 1, 1000).Variance[0], 1e-4);
        Assert.Equal(1f, AdaptiveScale.Fit(learned, [0.1f, float.NaN], 1, 1000).Variance[0], 1e-4);
    }

    [Fact]
    public void Fit_ASingleFreakRow_CountsWithTwentyDeviations()
    {
        float[] rows = [.. Enumerable.Range(0, 10_000).Select(i => i % 2 == 0 ? 1f : -1f)];
        rows[5000] = 10_000;

        Assert.InRange(AdaptiveScale.Fit(rows, [], 1, 1000).Variance[0], 1.0f, 5.0f);
    }

    [Fact]
    public void Apply_SquaresOverVariance_AddUpToTheMeanOfTheObserved()
    {
        var scale = new AdaptiveScale([1, 0, 0], [4, 1, 1], 1000, 10_000);
        double[] slots = Started(scale);
        float[] shares = new float[3];

        scale.Apply([5, float.NaN, 1], slots, shares);

        Assert.Equal([2f, 0f, 0.5f], shares);
    }

    [Fact]
    public void Apply_HugeResidual_IsCapped()
    {
        var scale = new AdaptiveScale([0], [1], 1000, 10_000);
        float[] shares = new float[1];

        scale.Apply([1e18f], Started(scale), shares);

        Assert.Equal(ScoreView.Cap, shares[0]);
    }

    [Fact]
    public void Apply_NoiseThatGrows_IsFollowed()
    {
        var scale = new AdaptiveScale([0], [1], 100, 1_000_000);
        double[] slots = Started(scale);
        var random = new Random(3);
        float[] shares = new float[1];
        for (int row = 0; row < 20_000; row++)
            scale.Apply([(float)(3 * Simulation.Gaussian(random))], slots, shares);

        Assert.InRange(Math.Sqrt(slots[1]), 2.2, 3.1);
    }

    [Fact]
    public void Apply_LongFault_IsHardlyLearned()
    {
        var scale = new AdaptiveScale([0], [1], 10_000, 1_000_000);
        double[] slots = Started(scale);
        float[] shares = new float[1];
        for (int row = 0; row < 1000; row++)
            scale.Apply([10], slots, shares);

        Assert.InRange(slots[1], 1, 1.4);
        Assert.InRange(shares[0], 70, 100);
    }

    [Fact]
    public void Apply_SettledScale_StaysAsItIs()
    {
        var scale = new AdaptiveScale([0], [1], 90, 100);
        double[] slots = Started(scale);
        float[] shares = new float[1];
        for (int row = 0; row < 10; row++)
            scale.Apply([1.5f], slots, shares);
        double[] settled = [.. slots];
        Assert.True(settled[1] > 1);
        for (int row = 0; row < 100; row++)
            scale.Apply([1.5f], slots, shares);

        Assert.Equal(settled, slots);
    }

    [Fact]
    public void Apply_ConstantFeature_KeepsTheLeastVariance()
    {
        AdaptiveScale scale = AdaptiveScale.Fit(new float[500], new float[100], 1, 10_000);
        double[] slots = Started(scale);
        float[] shares = new float[1];
        for (int row = 0; row < 500; row++)
            scale.Apply([0], slots, shares);
        scale.Apply([0.02f], slots, shares);

        Assert.Equal(1, shares[0], 1e-3);
    }

    private static double[] Started(AdaptiveScale scale)
    {
        double[] slots = new double[scale.Slots];
        scale.Start(slots);
        return slots;
    }
}
