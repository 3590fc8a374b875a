namespace Detector.Models.Tests;

/// <summary>Scores as a model gives them in normal operation, from a fixed seed.</summary>
internal static class Simulation
{
    public static double Gaussian(Random random) =>
        Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());

    /// <summary>exp(−1.5 + 0.5·AR(1)): log-normal scores around 0.22 with autocorrelation.</summary>
    public static double[] LogGaussian(int rows, double correlation, int seed)
    {
        var random = new Random(seed);
        var scores = new double[rows];
        var state = Gaussian(random);
        for (var i = 0; i < rows; i++)
        {
            state = correlation * state + Math.Sqrt(1 - correlation * correlation) * Gaussian(random);
            scores[i] = Math.Exp(-1.5 + 0.5 * state);
        }

        return scores;
    }

    /// <summary>Moving maximum of exponentials: exactly exponential tail with clusters of <paramref name="length"/> rows (extremal index 1/length).</summary>
    public static double[] ClusteredExponential(int rows, int length, int seed)
    {
        var random = new Random(seed);
        var draws = new double[rows + length];
        for (var i = 0; i < draws.Length; i++)
            draws[i] = -0.1 * Math.Log(1 - random.NextDouble());
        var scores = new double[rows];
        for (var i = 0; i < rows; i++)
            scores[i] = draws.AsSpan(i, length).ToArray().Max();
        return scores;
    }

    public static long[] Ticks(int rows, TimeSpan period, long start = 0)
    {
        var ticks = new long[rows];
        for (var i = 0; i < rows; i++)
            ticks[i] = start + i * period.Ticks;
        return ticks;
    }
}
