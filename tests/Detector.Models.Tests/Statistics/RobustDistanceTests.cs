using Detector.Models.Statistics;

namespace Detector.Models.Tests.Statistics;

public sealed class RobustDistanceTests
{
    private const int Count = 2000, Features = 3;

    [Theory]
    [InlineData(0.02)]
    [InlineData(0.1)]
    [InlineData(0.2)]
    public void Of_OutliersOfOneKind_CannotHideHoweverMany(double share)
    {
        int outliers = (int)(share * Count);
        double[] distances = RobustDistance.Of(Rows((row, values) =>
        {
            if (row < outliers)
                (values[0], values[1]) = (values[0] + 12, values[1] - 12);
        }), new int[Count], Features, share, 1);

        Assert.True(distances[..outliers].Min() > distances[outliers..].Max());
    }

    [Fact]
    public void Of_RelationBroken_IsFarThoughEachValueIsUsual()
    {
        double[] distances = RobustDistance.Of(Rows((row, values) =>
        {
            if (row == 7)
                (values[0], values[1]) = (2, -2);
        }), new int[Count], Features, 0.05, 0);

        Assert.Equal(distances.Max(), distances[7]);
        Assert.True(distances[7] > distances.OrderDescending().ElementAt(1) + 1);
    }

    [Fact]
    public void Of_GaussianRows_AreAboutOneDeviationOff() =>
        Assert.InRange(RobustDistance.Of(Rows((_, _) => { }), new int[Count], Features, 0, 0).Average(Math.Exp), 0.75, 1.1); // correlations are shrunk

    [Fact]
    public void Of_MissingValues_CountAsTheMedian()
    {
        float[] rows = Rows((_, _) => { });
        rows[Features * 5] = float.NaN;
        rows.AsSpan(Features * 6, Features).Fill(float.NaN);
        double[] distances = RobustDistance.Of(rows, new int[Count], Features, 0.05, 0);
        Assert.All(distances, distance => Assert.True(double.IsFinite(distance)));
        Assert.Equal(distances.Min(), distances[6]);
    }

    /// <summary>Gaussian rows, the second value close to the first.</summary>
    private static float[] Rows(Action<int, double[]> change)
    {
        var random = new Random(1);
        float[] rows = new float[Count * Features];
        for (int row = 0; row < Count; row++)
        {
            double first = Gaussian(random);
            double[] values = [first, first + 0.3 * Gaussian(random), Gaussian(random)];
            change(row, values);
            for (int f = 0; f < Features; f++)
                rows[row * Features + f] = (float)values[f];
        }

        return rows;
    }

    private static double Gaussian(Random random) =>
        Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
}
