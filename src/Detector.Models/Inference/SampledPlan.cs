using System.Numerics.Tensors;

namespace Detector.Models.Inference;

/// <summary>The plan of a variational network that is scored over draws of its code: the code's posterior once, and each draw of it decoded.</summary>
/// <param name="encoder">x to mean and logarithm of the variance of the code, (2 Z).</param>
/// <param name="decoder">The code to what is wanted of the window.</param>
/// <param name="draws">K standard Gaussian codes, (K, Z).</param>
/// <param name="maxLogVariance">Bound of the logarithm.</param>
/// <param name="size">D.</param>
internal sealed class SampledPlan(DensePlan encoder, DensePlan decoder, float[] draws, float maxLogVariance, int size) : NetworkPlan
{
    private readonly int _latent = encoder.Outputs / 2;

    public override int Outputs => decoder.Outputs;

    public override int OutputStride => decoder.Outputs;

    public override long Operations => encoder.Operations + Draws * decoder.Operations;

    public override long Bytes => encoder.Bytes + decoder.Bytes + draws.Length * sizeof(float);

    private int Draws => draws.Length / _latent;

    public override AlignedFloats Run(ReadOnlySpan<float> windows, int stride, int rows, PlanScratch scratch)
    {
        var blend = new ResidualBlend(windows, stride, size, rows, Outputs, scratch);
        Span<float> posterior = encoder.Run(windows, stride, rows, scratch.Part(0)).Span, codes = scratch.Take(2, rows * _latent).Span;
        for (int row = 0; row < rows; row++)
        {
            foreach (ref float spread in posterior.Slice(row * encoder.OutputStride + _latent, _latent))
                spread = MathF.Exp(Math.Clamp(spread, -maxLogVariance, maxLogVariance) / 2);
        }

        for (int draw = 0; draw < Draws; draw++)
        {
            for (int row = 0; row < rows; row++)
            {
                ReadOnlySpan<float> code = posterior.Slice(row * encoder.OutputStride, 2 * _latent);
                TensorPrimitives.FusedMultiplyAdd(code[_latent..], draws.AsSpan(draw * _latent, _latent), code[.._latent], codes[(row * _latent)..]);
            }

            blend.Add(decoder.Run(codes, _latent, rows, scratch.Part(1)).Span, decoder.OutputStride, 1.0 / Draws);
        }

        return blend.Finish();
    }
}
