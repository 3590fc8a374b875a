using System.Numerics.Tensors;

namespace Detector.Models.Scoring;

/// <summary>
/// How often errors as large as one were seen before, everything counted since training began: a histogram of their logarithms, sixteen bins to a factor
/// of two. It keeps learning, so that what is rare at first and then usual stops to be a surprise.
/// </summary>
internal static class ErrorCounts
{
    /// <summary>Bins, and numbers kept.</summary>
    public const int Bins = 512;

    private const int BinsOfDouble = 16, LeastPower = -12; // from a four-thousandth to a million standard deviations

    /// <summary>
    /// −log of the share of the errors, this one included, that were larger, those of the same size counted half (the mid-p-value of Lancaster, 1961), in
    /// units of one in a hundred: 1 is what one in a hundred exceeds.
    /// </summary>
    /// <param name="counts">(Bins).</param>
    /// <param name="error">≥ 0.</param>
    public static double Surprise(ReadOnlySpan<double> counts, double error)
    {
        int bin = BinOf(error);
        double all = TensorPrimitives.Sum(counts), larger = TensorPrimitives.Sum(counts[(bin + 1)..]) + counts[bin] / 2;
        return -Math.Log((larger + 1) / (all + 1)) / Math.Log(100);
    }

    /// <summary>Counts an error.</summary>
    public static void Add(Span<double> counts, double error) => counts[BinOf(error)]++;

    private static int BinOf(double error) => (int)Math.Clamp((Math.Log2(Math.Max(error, 1e-6)) - LeastPower) * BinsOfDouble, 0, Bins - 1);
}
