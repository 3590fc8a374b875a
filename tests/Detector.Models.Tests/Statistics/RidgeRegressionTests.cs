using Detector.Models.Statistics;

namespace Detector.Models.Tests.Statistics;

public sealed class RidgeRegressionTests
{
    [Fact]
    public void Solve_TinyRidge_IsLeastSquares()
    {
        // y = 1 + 2 (x0 - 3) - x1, x0 and x1 correlated
        double[] covariance = [2, 0.5, 0.5, 1];
        double[] cross = [2 * 2 - 0.5, 2 * 0.5 - 1];

        var fit = RidgeRegression.Solve(covariance, cross, [3, 0], [1], 1e-9);

        Assert.Equal(2, fit.Coefficients[0], 1e-6);
        Assert.Equal(-1, fit.Coefficients[1], 1e-6);
        float[] y = new float[1];
        fit.Predict([4, 2], y);
        Assert.Equal(1, y[0], 1e-5);
    }

    [Fact]
    public void Solve_OneInput_ShrinksByItsShare()
    {
        var fit = RidgeRegression.Solve([4], [8], [0], [0], 1);

        Assert.Equal(8f / 5, fit.Coefficients[0], 1e-6);
    }

    [Fact]
    public void Solve_InputsThatRepeatEachOther_StaysFinite()
    {
        double[] ones = [.. Enumerable.Repeat(1.0, 36)];

        var fit = RidgeRegression.Solve(ones, [.. Enumerable.Repeat(1.0, 6)], new float[6], new float[1], 0.01);

        Assert.Equal(1, fit.Coefficients.Sum(), 0.01);
        Assert.All(fit.Coefficients, value => Assert.Equal(1f / 6, value, 0.01));
    }

    [Fact]
    public void Solve_ManyInputs_SolvesTheNormalEquations()
    {
        const int Inputs = 37, Outputs = 3;
        var random = new Random(7);
        double[] root = [.. Enumerable.Range(0, Inputs * Inputs).Select(_ => random.NextDouble() - 0.5)];
        double[] covariance = new double[Inputs * Inputs];
        for (int i = 0; i < Inputs; i++)
            for (int j = 0; j < Inputs; j++)
                for (int k = 0; k < Inputs; k++)
                    covariance[i * Inputs + j] += root[i * Inputs + k] * root[j * Inputs + k];
        double[] cross = [.. Enumerable.Range(0, Inputs * Outputs).Select(_ => random.NextDouble())];

        var fit = RidgeRegression.Solve(covariance, cross, new float[Inputs], new float[Outputs], 0.1);

        for (int q = 0; q < Outputs; q++)
        {
            for (int p = 0; p < Inputs; p++)
            {
                double sum = 0.1 * fit.Coefficients[q * Inputs + p];
                for (int k = 0; k < Inputs; k++)
                    sum += covariance[p * Inputs + k] * fit.Coefficients[q * Inputs + k];
                Assert.Equal(cross[p * Outputs + q], sum, 1e-4);
            }
        }
    }

    [Fact]
    public void Constructor_ShapesThatDoNotFit_SaysWhatIsNeeded()
    {
        var error = Assert.Throws<ArgumentException>(() => new RidgeRegression(new float[2], new float[3], new float[5]));

        Assert.Contains("takes 6 coefficients, not 5", error.Message, StringComparison.Ordinal);
    }
}
