using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using static System.Runtime.CompilerServices.Unsafe;

namespace Detector.Models.Inference;

/// <summary>The register blocks of a panel of 16 outputs, as the newest row of a window has few: one vector of sums for each row.</summary>
internal static partial class DenseKernel
{
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static Block EightHalfRows(Block block)
    {
        Vector512<float> s0 = Vector512.LoadUnsafe(ref block.Bias), s1 = s0, s2 = s0, s3 = s0, s4 = s0, s5 = s0, s6 = s0, s7 = s0;
        ref float weights = ref block.Weights;
        ref float x0 = ref block.Input;
        ref float x1 = ref Add(ref x0, block.InputStride);
        ref float x2 = ref Add(ref x1, block.InputStride);
        ref float x3 = ref Add(ref x2, block.InputStride);
        ref float x4 = ref Add(ref x3, block.InputStride);
        ref float x5 = ref Add(ref x4, block.InputStride);
        ref float x6 = ref Add(ref x5, block.InputStride);
        ref float x7 = ref Add(ref x6, block.InputStride);
        nuint step = block.InputStep, stride = block.WeightStride, end = block.Inputs * step;
        for (nuint k = 0; k < end; k += step)
        {
            Vector512<float> column = Vector512.LoadUnsafe(ref weights);
            weights = ref Add(ref weights, stride);
            s0 = Vector512.FusedMultiplyAdd(Vector512.Create(Add(ref x0, k)), column, s0);
            s1 = Vector512.FusedMultiplyAdd(Vector512.Create(Add(ref x1, k)), column, s1);
            s2 = Vector512.FusedMultiplyAdd(Vector512.Create(Add(ref x2, k)), column, s2);
            s3 = Vector512.FusedMultiplyAdd(Vector512.Create(Add(ref x3, k)), column, s3);
            s4 = Vector512.FusedMultiplyAdd(Vector512.Create(Add(ref x4, k)), column, s4);
            s5 = Vector512.FusedMultiplyAdd(Vector512.Create(Add(ref x5, k)), column, s5);
            s6 = Vector512.FusedMultiplyAdd(Vector512.Create(Add(ref x6, k)), column, s6);
            s7 = Vector512.FusedMultiplyAdd(Vector512.Create(Add(ref x7, k)), column, s7);
        }

        block.Store(0, s0);
        block.Store(1, s1);
        block.Store(2, s2);
        block.Store(3, s3);
        block.Store(4, s4);
        block.Store(5, s5);
        block.Store(6, s6);
        block.Store(7, s7);
        return block.Below(8);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static Block FourHalfRows(Block block)
    {
        Vector512<float> s0 = Vector512.LoadUnsafe(ref block.Bias), s1 = s0, s2 = s0, s3 = s0;
        ref float weights = ref block.Weights;
        ref float x0 = ref block.Input;
        ref float x1 = ref Add(ref x0, block.InputStride);
        ref float x2 = ref Add(ref x1, block.InputStride);
        ref float x3 = ref Add(ref x2, block.InputStride);
        nuint step = block.InputStep, stride = block.WeightStride, end = block.Inputs * step;
        for (nuint k = 0; k < end; k += step)
        {
            Vector512<float> column = Vector512.LoadUnsafe(ref weights);
            weights = ref Add(ref weights, stride);
            s0 = Vector512.FusedMultiplyAdd(Vector512.Create(Add(ref x0, k)), column, s0);
            s1 = Vector512.FusedMultiplyAdd(Vector512.Create(Add(ref x1, k)), column, s1);
            s2 = Vector512.FusedMultiplyAdd(Vector512.Create(Add(ref x2, k)), column, s2);
            s3 = Vector512.FusedMultiplyAdd(Vector512.Create(Add(ref x3, k)), column, s3);
        }

        block.Store(0, s0);
        block.Store(1, s1);
        block.Store(2, s2);
        block.Store(3, s3);
        return block.Below(4);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static Block OneHalfRow(Block block)
    {
        Vector512<float> sum = Vector512.LoadUnsafe(ref block.Bias);
        ref float weights = ref block.Weights;
        ref float x = ref block.Input;
        nuint step = block.InputStep, stride = block.WeightStride, end = block.Inputs * step;
        for (nuint k = 0; k < end; k += step)
        {
            sum = Vector512.FusedMultiplyAdd(Vector512.Create(Add(ref x, k)), Vector512.LoadUnsafe(ref weights), sum);
            weights = ref Add(ref weights, stride);
        }

        block.Store(0, sum);
        return block.Below(1);
    }
}
