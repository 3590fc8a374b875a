using System.Numerics.Tensors;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using Detector.Models.Inference;

namespace Detector.Models.Descent;

/// <summary>
/// All weights and biases of a network in one piece, in the layout of <see cref="PackedLayer"/>, with their gradients and the moments of AdamW (Kingma and
/// Ba 2015; Loshchilov and Hutter 2019) as torch computes it. What fills up a panel is zero, has no gradient and stays zero.
/// </summary>
internal sealed class Parameters(int count)
{
    private const float FirstRate = 0.1f, SecondRate = 0.001f; // 1 − β
    private const float LeastDeviation = 1e-8f;
    private readonly AlignedFloats _values = new(count), _gradients = new(count), _first = new(count), _second = new(count), _best = new(count);
    private int _steps;

    public int Count => count;

    public Span<float> Values => _values.Span;

    public Span<float> Gradients => _gradients.Span;

    /// <summary>Begins a phase: moments of nothing.</summary>
    public void Restart()
    {
        _steps = 0;
        _first.Span.Clear();
        _second.Span.Clear();
    }

    /// <summary>Keeps the values as they are now.</summary>
    public void Remember() => Values.CopyTo(_best.Span);

    /// <summary>Goes back to what was kept.</summary>
    public void Recall() => _best.Span.CopyTo(Values);

    /// <summary>One step against the gradients.</summary>
    /// <param name="rate">Learning rate.</param>
    /// <param name="decay">Share of each value that the step takes away, times the rate.</param>
    /// <param name="maxNorm">A longer gradient is shortened to this norm.</param>
    public void Step(double rate, double decay, double maxNorm)
    {
        _steps++;
        double norm = Math.Sqrt(TensorPrimitives.SumOfSquares(Gradients));
        float shorten = (float)Math.Min(1, maxNorm / (norm + 1e-6));
        float rest = (float)(1 - rate * decay);
        float stride = (float)(rate / (1 - Math.Pow(1 - FirstRate, _steps)));
        float correction = (float)(1 / Math.Sqrt(1 - Math.Pow(1 - SecondRate, _steps)));
        Span<Vector512<float>> values = Vectors(_values), gradients = Vectors(_gradients), first = Vectors(_first), second = Vectors(_second);
        for (int i = 0; i < values.Length; i++)
        {
            Vector512<float> gradient = gradients[i] * shorten;
            Vector512<float> mean = first[i] + (gradient - first[i]) * FirstRate;
            Vector512<float> square = second[i] * (1 - SecondRate) + gradient * gradient * SecondRate;
            (first[i], second[i]) = (mean, square);
            Vector512<float> deviation = Vector512.Sqrt(square) * correction + Vector512.Create(LeastDeviation);
            values[i] = values[i] * rest - mean / deviation * stride;
        }
    }

    private static Span<Vector512<float>> Vectors(AlignedFloats floats) => MemoryMarshal.Cast<float, Vector512<float>>(floats.Span);
}
