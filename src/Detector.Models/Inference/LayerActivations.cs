using System.Numerics.Tensors;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Detector.Models.Inference;

/// <summary>What <see cref="LayerActivation"/> does to values in place, and to slopes on the way back.</summary>
internal static class LayerActivations
{
    /// <summary>The rectifier is part of the product already.</summary>
    public static void Apply(LayerActivation activation, Span<float> values)
    {
        switch (activation)
        {
            case LayerActivation.Tanh:
                TensorPrimitives.Tanh(values, values);
                break;
            case LayerActivation.Sigmoid:
                TensorPrimitives.Sigmoid(values, values);
                break;
            case LayerActivation.StretchedSigmoid:
                TensorPrimitives.Sigmoid(values, values);
                TensorPrimitives.Multiply(values, 2, values);
                TensorPrimitives.Subtract(values, 1, values);
                break;
            case LayerActivation.Elu:
                foreach (ref float value in values)
                    value = value > 0 ? value : float.ExpM1(value);
                break;
        }
    }

    /// <summary>Multiplies slopes by the activation's own, told from its values.</summary>
    public static void Descend(LayerActivation activation, ReadOnlySpan<float> values, Span<float> slopes)
    {
        if (activation == LayerActivation.Linear)
            return;
        slopes = slopes[..values.Length];
        int i = 0;
        for (; activation == LayerActivation.Relu && i <= values.Length - Vector512<float>.Count; i += Vector512<float>.Count)
            (Vector512.Create(slopes[i..]) & Vector512.GreaterThan(Vector512.Create(values[i..]), Vector512<float>.Zero)).CopyTo(slopes[i..]);
        for (; i < values.Length; i++)
            slopes[i] *= Slope(activation, values[i]);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static float Slope(LayerActivation activation, float value) => activation switch
    {
        LayerActivation.Relu => value > 0 ? 1 : 0,
        LayerActivation.Elu => value > 0 ? 1 : value + 1,
        LayerActivation.Tanh => 1 - value * value,
        LayerActivation.Sigmoid => value * (1 - value),
        LayerActivation.StretchedSigmoid => (1 - value * value) / 2,
        _ => 1,
    };
}
