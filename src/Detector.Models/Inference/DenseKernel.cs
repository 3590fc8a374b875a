using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using static System.Runtime.CompilerServices.Unsafe;

namespace Detector.Models.Inference;

/// <summary>
/// Y = X·Wᵀ + b, and the rectifier where the layer has one, by register blocks: a few rows of X times one panel of W, whose sums never leave the registers.
/// Every output adds its products up one after the other, in the order of the inputs and each with one rounding, so that its bits depend on neither
/// the number of rows nor its place among them, nor on the width of the machine's vectors.
/// </summary>
/// <remarks>
/// The scheme of Goto and van de Geijn ("Anatomy of High-Performance Matrix Multiplication", 2008) without its outer blocks: a panel of a window's network
/// fits into the first cache, the rows of a tile into the second.
/// </remarks>
internal static partial class DenseKernel
{
    private const int Columns = PackedLayer.PanelColumns, Half = PackedLayer.HalfColumns;

    /// <summary>Rows of the large block. Its 16 sums of 16 floats fit into the 32 registers of AVX-512; elsewhere there are only 16 of 8 floats.</summary>
    private static readonly int s_blockRows = Vector512.IsHardwareAccelerated ? 8 : 2;

    /// <param name="input">X, rows of the layer's inputs, <paramref name="inputStride"/> apart.</param>
    /// <param name="rows">Rows of X and Y.</param>
    /// <param name="output">Y, rows of <see cref="PackedLayer.Width"/> values, the filling ones included, <paramref name="outputStride"/> apart.</param>
    public static void Run(PackedLayer layer, ReadOnlySpan<float> input, int inputStride, int rows, Span<float> output, int outputStride)
    {
        Debug.Assert(rows == 0 || (input.Length >= (rows - 1) * inputStride + layer.Inputs && output.Length >= (rows - 1) * outputStride + layer.Width));
        for (int panel = 0; panel < layer.Panels; panel++)
        {
            int columns = layer.Columns(panel);
            Run(
                new Factor(input, inputStride, 1), new Factor(layer.Weights(panel), columns, 1), layer.Inputs, layer.Bias(panel), output[(panel * Columns)..], outputStride,
                rows, layer.Activation == LayerActivation.Relu, columns);
        }
    }

    /// <summary>One panel: C[r, c] = b[c] + Σ A[r, k]·B[k, c] for 32 or 16 columns c, or 0 if that is more and the rectifier is asked for.</summary>
    /// <param name="left">A, by r and k.</param>
    /// <param name="right">B, by k and c; the columns lie side by side.</param>
    /// <param name="terms">Numbers that k goes through.</param>
    /// <param name="start">b.</param>
    /// <param name="output">C, rows <paramref name="outputStride"/> apart.</param>
    public static void Run(
        Factor left, Factor right, int terms, ReadOnlySpan<float> start, Span<float> output, int outputStride, int rows, bool rectify = false,
        int columns = Columns)
    {
        Debug.Assert(right.Step == 1 && (rows == 0 || terms == 0 || (left.Holds(rows, terms) && right.Holds(terms, columns) && output.Length >= (rows - 1) * outputStride + columns)));
        var block = new Block(
            ref MemoryMarshal.GetReference(left.Values), (nuint)left.Stride, (nuint)left.Step, ref MemoryMarshal.GetReference(right.Values), (nuint)right.Stride,
            (nuint)terms, ref MemoryMarshal.GetReference(start), ref MemoryMarshal.GetReference(output), (nuint)outputStride,
            rectify ? Vector512<float>.Zero : Vector512.Create(float.NegativeInfinity));
        if (columns == Columns)
            RunPanel(block, rows);
        else
            RunHalfPanel(block, rows);
    }

    private static void RunPanel(Block block, int rows)
    {
        for (; s_blockRows == 8 && rows >= 8; rows -= 8)
            block = EightRows(block);
        for (; rows >= 2; rows -= 2)
            block = TwoRows(block);
        if (rows > 0)
            OneRow(block);
    }

    private static void RunHalfPanel(Block block, int rows)
    {
        for (; s_blockRows == 8 && rows >= 8; rows -= 8)
            block = EightHalfRows(block);
        for (; rows >= 4; rows -= 4)
            block = FourHalfRows(block);
        for (; rows > 0; rows--)
            block = OneHalfRow(block);
    }

    /// <summary>A matrix: one value and the next of a row lie <paramref name="step"/> apart, one row and the next <paramref name="stride"/>.</summary>
    public readonly ref struct Factor(ReadOnlySpan<float> values, int stride, int step)
    {
        public readonly ReadOnlySpan<float> Values = values;
        public readonly int Stride = stride, Step = step;

        public bool Holds(int rows, int columns) => Values.Length > (rows - 1) * Stride + (columns - 1) * Step;
    }

    /// <summary>One panel, and where its next rows lie.</summary>
    private readonly ref struct Block(
        ref float input, nuint inputStride, nuint inputStep, ref float weights, nuint weightStride, nuint inputs, ref float bias, ref float output, nuint outputStride,
        Vector512<float> least)
    {
        public readonly ref float Input = ref input;
        public readonly nuint InputStride = inputStride, InputStep = inputStep;
        public readonly ref float Weights = ref weights; // (inputs, Columns)
        public readonly nuint WeightStride = weightStride;
        public readonly nuint Inputs = inputs;
        public readonly ref float Bias = ref bias;
        public readonly ref float Output = ref output;
        public readonly nuint OutputStride = outputStride;
        public readonly Vector512<float> Least = least; // 0 for the rectifier

        public Block Below(nuint rows) => new(
            ref Add(ref Input, rows * InputStride), InputStride, InputStep, ref Weights, WeightStride, Inputs, ref Bias, ref Add(ref Output, rows * OutputStride), OutputStride, Least);

        public void Store(nuint row, Vector512<float> half) => Vector512.Max(half, Least).StoreUnsafe(ref Add(ref Output, row * OutputStride));

        public void Store(nuint row, Vector512<float> left, Vector512<float> right)
        {
            ref float output = ref Add(ref Output, row * OutputStride);
            Vector512.Max(left, Least).StoreUnsafe(ref output);
            Vector512.Max(right, Least).StoreUnsafe(ref output, Half);
        }
    }
}
