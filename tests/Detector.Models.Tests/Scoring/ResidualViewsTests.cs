using Detector.Models.Scoring;

namespace Detector.Models.Tests.Scoring;

public sealed class ResidualViewsTests
{
    private static readonly float[] Window = [1, 10, 2, 20, 3, 30];
    private static readonly float[] Reconstruction = [0, 10, 0, 24, 1, 31];

    [Theory]
    [InlineData(ResidualView.Row, 2f, -1f)]
    [InlineData(ResidualView.Level, 5f / 3, -5f / 3)]
    [InlineData(ResidualView.Energy, 1.7320508f, 2.3804762f)]
    public void Compute_AllMeasured_ReducesTheWindow(ResidualView view, float first, float second)
    {
        float[] residual = Compute(view, []);

        Assert.Equal(first, residual[0], 1e-6f);
        Assert.Equal(second, residual[1], 1e-6f);
    }

    [Theory]
    [InlineData(ResidualView.Row, float.NaN, -1f)]
    [InlineData(ResidualView.Level, 1.5f, -1f)]
    [InlineData(ResidualView.Energy, 1.5811388f, 1f)]
    public void Compute_SomeMissing_CountsOnlyTheOthers(ResidualView view, float first, float second)
    {
        float[] residual = Compute(view, [1, 0, 1, 0, 0, 1]);

        Assert.Equal(first, residual[0], 1e-6f);
        Assert.Equal(second, residual[1], 1e-6f);
    }

    [Theory]
    [InlineData(ResidualView.Row)]
    [InlineData(ResidualView.Level)]
    [InlineData(ResidualView.Energy)]
    public void Compute_FeatureWithNothingMeasured_IsMissing(ResidualView view) =>
        Assert.Equal([float.NaN, float.NaN], Compute(view, new float[6]));

    [Theory]
    [InlineData(ResidualView.Row)]
    [InlineData(ResidualView.Level)]
    [InlineData(ResidualView.Energy)]
    public void Compute_MaskOfOnes_GivesTheBitsOfNoMask(ResidualView view)
    {
        var random = new Random(2);
        float[] window = Draw(), reconstruction = Draw(), ones = new float[19 * 21], with = new float[21], without = new float[21];
        Array.Fill(ones, 1);

        ResidualViews.Compute(view, window, reconstruction, ones, new(19, 21), with);
        ResidualViews.Compute(view, window, reconstruction, [], new(19, 21), without);

        Assert.Equal(without.Select(BitConverter.SingleToInt32Bits), with.Select(BitConverter.SingleToInt32Bits));

        float[] Draw() => [.. Enumerable.Range(0, 19 * 21).Select(_ => (float)random.NextDouble())];
    }

    private static float[] Compute(ResidualView view, float[] observed)
    {
        float[] residual = new float[2];
        ResidualViews.Compute(view, Window, Reconstruction, observed, new(3, 2), residual);
        return residual;
    }
}
