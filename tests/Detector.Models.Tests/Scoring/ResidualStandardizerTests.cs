using Detector.Models.Scoring;

namespace Detector.Models.Tests.Scoring;

public sealed class ResidualStandardizerTests
{
    private static readonly ResidualStandardizer Mixed = new([1, 0, 0], [2, 0, 0, 0, 1, 0.5f, 0, 0.5f, 1]);

    [Fact]
    public void Apply_AllMeasured_WhitensSquaresAndAverages()
    {
        float[] residual = [2, 1, 2], squares = new float[3];

        float error = Mixed.Apply(residual, squares);

        Assert.Equal([4f, 4f, 6.25f], squares);
        Assert.Equal(14.25f / 3, error, 1e-6f);
    }

    [Fact]
    public void Apply_FeatureMissing_CountsNeitherItNorWhatTheOthersSayOfIt()
    {
        float[] residual = [2, 1, float.NaN], squares = [9, 9, 9];

        float error = Mixed.Apply(residual, squares);

        Assert.Equal([4f, 1f, 0f], squares);
        Assert.Equal(2.5f, error);
    }

    [Fact]
    public void Apply_EverythingMissing_IsZero()
    {
        float[] squares = [9, 9, 9];

        Assert.Equal(0, Mixed.Apply([float.NaN, float.NaN, float.NaN], squares));
        Assert.Equal([0f, 0f, 0f], squares);
    }

    [Fact]
    public void Apply_HugeResidual_IsCapped()
    {
        float[] squares = new float[3];

        Mixed.Apply([1e18f, 0, 0], squares);

        Assert.Equal([ResidualStandardizer.Cap, 0f, 0f], squares);
    }

    [Fact]
    public void Apply_WhereverTheValuesLieInMemory_GivesTheSameBits()
    {
        const int Features = 301;
        var random = new Random(1);
        float[] whitening = [.. Enumerable.Range(0, Features * Features).Select(_ => (float)random.NextDouble() - 0.5f)];
        float[] residual = [.. Enumerable.Range(0, Features).Select(_ => (float)random.NextDouble() - 0.5f)];
        var standardizer = new ResidualStandardizer(new float[Features], whitening);
        float[] squares = new float[Features], buffer = new float[Features + 32];
        float expected = standardizer.Apply([.. residual], squares);

        for (int offset = 0; offset < 32; offset++)
        {
            Span<float> moved = buffer.AsSpan(offset, Features);
            residual.CopyTo(moved);
            Assert.Equal(BitConverter.SingleToInt32Bits(expected), BitConverter.SingleToInt32Bits(standardizer.Apply(moved, squares)));
        }
    }
}
