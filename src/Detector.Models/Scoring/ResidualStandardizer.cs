using TensorPrimitives = System.Numerics.Tensors.TensorPrimitives;

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
    /// <param name="squares">F values, written.</param>
    /// <returns>e = mean of the squares over the observed features.</returns>
    public float Apply(Span<float> residual, Span<float> squares)
    {
        int observed = 0;
        for (int f = 0; f < residual.Length; f++)
        {
            float centred = residual[f] - Centre[f];
            bool missing = float.IsNaN(centred);
            residual[f] = missing ? 0 : centred;
            observed += missing ? 0 : 1;
        }

        float sum = 0;
        for (int f = 0; f < residual.Length; f++)
        {
            float q = TensorPrimitives.Dot(Whitening.AsSpan(f * Features, Features), residual);
            squares[f] = MathF.Min(q * q, Cap);
            sum += squares[f];
        }

        return sum / Math.Max(observed, 1);
    }
}
