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
    private const int Columns = PackedLayer.PanelColumns, Half = Columns / 2;

    /// <summary>Rows of the large block. Its 16 sums of 16 floats fit into the 32 registers of AVX-512; elsewhere there are only 16 of 8 floats.</summary>
    private static readonly int s_blockRows = Vector512.IsHardwareAccelerated ? 8 : 2;

    /// <param name="input">X, rows of the layer's inputs, <paramref name="inputStride"/> apart.</param>
    /// <param name="rows">Rows of X and Y.</param>
    /// <param name="output">Y, rows of <see cref="PackedLayer.Width"/> values, the filling ones included.</param>
    public static void Run(PackedLayer layer, ReadOnlySpan<float> input, int inputStride, int rows, Span<float> output)
    {
        Debug.Assert(rows == 0 || (input.Length >= (rows - 1) * inputStride + layer.Inputs && output.Length >= rows * layer.Width));
        for (int panel = 0; panel < layer.Panels; panel++)
        {
            var block = new Block(
                ref MemoryMarshal.GetReference(input), (nuint)inputStride, ref MemoryMarshal.GetReference(layer.Weights(panel)), (nuint)layer.Inputs,
                ref MemoryMarshal.GetReference(layer.Bias(panel)), ref MemoryMarshal.GetReference(output[(panel * Columns)..]), (nuint)layer.Width,
                layer.Activation == LayerActivation.Relu ? Vector512<float>.Zero : Vector512.Create(float.NegativeInfinity));
            RunPanel(block, rows);
        }
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

    /// <summary>One panel, and where its next rows lie.</summary>
    private readonly ref struct Block(
        ref float input, nuint inputStride, ref float weights, nuint inputs, ref float bias, ref float output, nuint outputStride, Vector512<float> least)
    {
        public readonly ref float Input = ref input;
        public readonly nuint InputStride = inputStride;
        public readonly ref float Weights = ref weights; // (inputs, Columns)
        public readonly nuint Inputs = inputs;
        public readonly ref float Bias = ref bias;
        public readonly ref float Output = ref output;
        public readonly nuint OutputStride = outputStride;
        public readonly Vector512<float> Least = least; // 0 for the rectifier

        public Block Skip(nuint rows) => new(
            ref Add(ref Input, rows * InputStride), InputStride, ref Weights, Inputs, ref Bias, ref Add(ref Output, rows * OutputStride), OutputStride, Least);

        public void Store(nuint row, Vector512<float> left, Vector512<float> right)
        {
            ref float output = ref Add(ref Output, row * OutputStride);
            Vector512.Max(left, Least).StoreUnsafe(ref output);
            Vector512.Max(right, Least).StoreUnsafe(ref output, Half);
        }
    }
}
