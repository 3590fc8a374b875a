using System.Numerics.Tensors;
using System.Runtime.Intrinsics;

namespace Detector.Models.Inference;

/// <summary>
/// Blends several reconstructions into one: the residual of a value is the root of their weighted mean square residual, with the sign of their weighted
/// mean, as <see cref="Autoencoders.Autoencoder.Blend"/> has it.
/// </summary>
internal readonly ref struct ResidualBlend
{
    private readonly ReadOnlySpan<float> _wanted;
    private readonly int _stride, _rows, _outputs;
    private readonly AlignedFloats _result;
    private readonly Span<float> _mean, _square;

    /// <param name="windows">(rows, D), rows <paramref name="stride"/> apart.</param>
    /// <param name="size">D.</param>
    /// <param name="outputs">How many values of a window are wanted, its last ones.</param>
    /// <param name="scratch">Of which it takes the first two buffers.</param>
    public ResidualBlend(ReadOnlySpan<float> windows, int stride, int size, int rows, int outputs, PlanScratch scratch)
    {
        _wanted = windows[(size - outputs)..];
        (_stride, _rows, _outputs) = (stride, rows, outputs);
        _result = scratch.Take(0, rows * outputs);
        _mean = _result.Span[..(rows * outputs)];
        _square = scratch.Take(1, rows * outputs).Span[..(rows * outputs)];
        _mean.Clear();
        _square.Clear();
    }

    /// <param name="made">A reconstruction, (rows, outputs), rows <paramref name="stride"/> apart.</param>
    /// <param name="weight">Its weight; they add up to 1.</param>
    public void Add(ReadOnlySpan<float> made, int stride, double weight)
    {
        float share = (float)weight;
        for (int row = 0; row < _rows; row++)
        {
            ReadOnlySpan<float> window = _wanted.Slice(row * _stride, _outputs), reconstruction = made.Slice(row * stride, _outputs);
            Span<float> mean = _mean.Slice(row * _outputs, _outputs), square = _square.Slice(row * _outputs, _outputs);
            int i = 0;
            for (; i <= _outputs - Vector512<float>.Count; i += Vector512<float>.Count)
            {
                Vector512<float> residual = Vector512.Create(window[i..]) - Vector512.Create(reconstruction[i..]), weighted = residual * share;
                (Vector512.Create<float>(mean[i..]) + weighted).CopyTo(mean[i..]);
                (Vector512.Create<float>(square[i..]) + residual * weighted).CopyTo(square[i..]);
            }

            for (; i < _outputs; i++)
            {
                float residual = window[i] - reconstruction[i], weighted = residual * share;
                mean[i] += weighted;
                square[i] += residual * weighted;
            }
        }
    }

    /// <summary>The blend, (rows, outputs).</summary>
    public AlignedFloats Finish()
    {
        TensorPrimitives.Sqrt(_square, _square);
        TensorPrimitives.CopySign(_square, _mean, _mean);
        for (int row = 0; row < _rows; row++)
        {
            Span<float> blend = _mean.Slice(row * _outputs, _outputs);
            TensorPrimitives.Subtract(_wanted.Slice(row * _stride, _outputs), blend, blend);
        }

        return _result;
    }
}
