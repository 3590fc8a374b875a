using Detector.Models.Statistics;

namespace Detector.Models.Tests.Statistics;

public sealed class WhiteningTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(17)]
    [InlineData(120)]
    public void Of_RandomSymmetric_Reconstructs(int n)
    {
        var matrix = Symmetric(n, 5);
        var eigen = SymmetricEigen.Of(matrix, n);
        for (var i = 0; i < n; i++)
            for (var j = 0; j < n; j++)
            {
                double rebuilt = 0, product = 0;
                for (var k = 0; k < n; k++)
                {
                    rebuilt += eigen.Values[k] * eigen.Vectors[k * n + i] * eigen.Vectors[k * n + j];
                    product += eigen.Vectors[i * n + k] * eigen.Vectors[j * n + k];
                }

                Assert.Equal(matrix[i * n + j], rebuilt, 1e-10);
                Assert.Equal(i == j ? 1 : 0, product, 1e-10);
            }

        Assert.Equal(eigen.Values.Order(), eigen.Values);
    }

    [Fact]
    public void Of_DiagonalAndRepeatedValues_Works()
    {
        Assert.Equal([1, 2, 2, 5], SymmetricEigen.Of([2, 0, 0, 0, 0, 5, 0, 0, 0, 0, 1, 0, 0, 0, 0, 2], 4).Values);
        Assert.Equal([0, 0, 3], SymmetricEigen.Of([1, 1, 1, 1, 1, 1, 1, 1, 1], 3).Values.Select(value => Math.Round(value, 12) + 0.0));
        Assert.Throws<ArgumentException>(() => SymmetricEigen.Of([1, 2, 3], 2));
        Assert.Throws<ArgumentException>(() => SymmetricEigen.Of([double.NaN], 1));
    }

    [Fact]
    public void Fit_CorrelatedResiduals_MakesThemWhite()
    {
        const int f = 11, n = 20_000;
        var rows = Residuals(n, f, 3);
        var whitening = Whitening.Fit(rows, f, weight: 0);
        var white = new double[n * f];
        var q = new float[f];
        for (var i = 0; i < n; i++)
        {
            whitening.Apply(rows.AsSpan(i * f, f).ToArray().Select(x => (float)x).ToArray(), q);
            for (var j = 0; j < f; j++)
                white[i * f + j] = q[j];
        }

        var covariance = Shrinkage.Covariance(white, f, 0).Matrix;
        for (var i = 0; i < f; i++)
            for (var j = 0; j < f; j++)
                Assert.Equal(i == j ? 1 : 0, covariance[i * f + j], 2e-3);
    }

    [Fact]
    public void Apply_MissingAndConstant_StayOnTheirOwn()
    {
        double[] rows = [1, 5, 2, 5, 3, 5, 4, 5];
        var whitening = Whitening.Fit(rows, 2);
        var q = new float[2];
        whitening.Apply([2.5f, float.NaN], q);
        Assert.Equal(0, q[0], 1e-6);
        Assert.True(float.IsNaN(q[1]));
        whitening.Apply([2.5f, 6], q);
        Assert.Equal(1, q[1], 1e-6);
    }

    [Fact]
    public void Covariance_FewRows_ShrinksMoreThanMany()
    {
        var few = Shrinkage.Covariance(Residuals(12, 8, 1), 8);
        var many = Shrinkage.Covariance(Residuals(5000, 8, 1), 8);
        Assert.InRange(few.Weight, 0.02, 1);
        Assert.InRange(many.Weight, 0, 0.01);
        var independent = new Random(2);
        Assert.InRange(Shrinkage.Covariance(Enumerable.Range(0, 8 * 300).Select(_ => Simulation.Gaussian(independent)).ToArray(), 8).Weight, 0.5, 1);
    }

    [Fact]
    public void Covariance_GivenWeight_ScalesCorrelationsOnly()
    {
        var full = Shrinkage.Covariance(Residuals(500, 3, 1), 3, 0).Matrix;
        var half = Shrinkage.Covariance(Residuals(500, 3, 1), 3, 0.5).Matrix;
        for (var i = 0; i < 9; i++)
            Assert.Equal(full[i] * (i % 4 == 0 ? 1 : 0.5), half[i], 12);
        Assert.Throws<ArgumentException>(() => Shrinkage.Covariance([1, 2, 3], 2));
        Assert.Throws<ArgumentOutOfRangeException>(() => Shrinkage.Covariance([1, 2, 3, 4], 2, 1.5));
    }

    private static double[] Symmetric(int n, int seed)
    {
        var random = new Random(seed);
        var matrix = new double[n * n];
        for (var i = 0; i < n; i++)
            for (var j = 0; j <= i; j++)
                matrix[i * n + j] = matrix[j * n + i] = Simulation.Gaussian(random);
        return matrix;
    }

    private static double[] Residuals(int n, int features, int seed)
    {
        var random = new Random(seed);
        var rows = new double[n * features];
        for (var i = 0; i < n; i++)
        {
            var common = Simulation.Gaussian(random);
            for (var j = 0; j < features; j++)
                rows[i * features + j] = j + (1 + j) * (common + 0.5 * Simulation.Gaussian(random));
        }

        return rows;
    }
}
