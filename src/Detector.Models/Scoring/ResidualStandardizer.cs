using System.Numerics;

namespace Detector.Models.Scoring;

/// <summary>
/// Puts residual vectors on one scale: q = W (r − m), with m and the whitening W of the residuals seen in training, so that features of
/// different noise count alike and correlated ones are not counted twice. W is the symmetric (ZCA) root, so q_j still belongs to feature j.
/// </summary>
/// <param name="centre">m, F values.</param>
/// <param name="whitening">W, F × F row by row.</param>
public sealed class ResidualStandardizer(float[] centre, float[] whitening)
{
    /// <summary>Squared standardised residuals count up to this (20 standard deviations), so that no single feature drowns the others.</summary>
    public const float Cap = 400;

    public float[] Centre { get; } = centre;

    public float[] Whitening { get; } = whitening;

    public int Features => Centre.Length;

    /// <summary>Squared, capped q for each feature; their mean is the error of the view.</summary>
    /// <param name="residual">F values, NaN where missing; used as scratch.</param>
    /// <param name="squares">F values, written; 0 where missing.</param>
    /// <returns>e = mean of the squares over the observed features; 0 when there are none.</returns>
    public float Apply(Span<float> residual, Span<float> squares)
    {
        int observed = 0;
        for (int f = 0; f < residual.Length; f++)
        {
            float centred = residual[f] - Centre[f];
            bool missing = float.IsNaN(centred);
            residual[f] = missing ? 0 : centred; // for the others, it is as expected
            squares[f] = missing ? 0 : Cap;
            observed += missing ? 0 : 1;
        }

        float sum = 0;
        for (int f = 0; f < residual.Length; f++)
        {
            if (squares[f] == 0)
                continue;
            float q = Dot(Whitening.AsSpan(f * Features, Features), residual);
            squares[f] = MathF.Min(q * q, Cap);
            sum += squares[f];
        }

        return sum / Math.Max(observed, 1);
    }

    // TensorPrimitives.Dot orders its sums by the addresses of its operands, so its last bits change from one run to the next.
    private static float Dot(ReadOnlySpan<float> a, ReadOnlySpan<float> b)
    {
        Vector<float> even = Vector<float>.Zero, odd = Vector<float>.Zero;
        int width = Vector<float>.Count, i = 0;
        for (; i + 2 * width <= a.Length; i += 2 * width)
        {
            even += new Vector<float>(a[i..]) * new Vector<float>(b[i..]);
            odd += new Vector<float>(a[(i + width)..]) * new Vector<float>(b[(i + width)..]);
        }

        float sum = Vector.Sum(even + odd);
        for (; i < a.Length; i++)
            sum += a[i] * b[i];
        return sum;
    }
}
