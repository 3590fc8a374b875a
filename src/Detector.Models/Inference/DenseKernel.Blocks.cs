using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using static System.Runtime.CompilerServices.Unsafe;

namespace Detector.Models.Inference;

/// <summary>The register blocks: sums of the left and right half of the panel's outputs for each row, l0 and r0 for the first.</summary>
internal static partial class DenseKernel
{
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static Block EightRows(Block block)
    {
        Vector512<float> l0 = Vector512.LoadUnsafe(ref block.Bias), r0 = Vector512.LoadUnsafe(ref block.Bias, Half);
        Vector512<float> l1 = l0, r1 = r0, l2 = l0, r2 = r0, l3 = l0, r3 = r0, l4 = l0, r4 = r0, l5 = l0, r5 = r0, l6 = l0, r6 = r0, l7 = l0, r7 = r0;
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
            Vector512<float> left = Vector512.LoadUnsafe(ref weights), right = Vector512.LoadUnsafe(ref weights, Half);
            weights = ref Add(ref weights, stride);
            Vector512<float> v0 = Vector512.Create(Add(ref x0, k));
            l0 = Vector512.FusedMultiplyAdd(v0, left, l0);
            r0 = Vector512.FusedMultiplyAdd(v0, right, r0);
            Vector512<float> v1 = Vector512.Create(Add(ref x1, k));
            l1 = Vector512.FusedMultiplyAdd(v1, left, l1);
            r1 = Vector512.FusedMultiplyAdd(v1, right, r1);
            Vector512<float> v2 = Vector512.Create(Add(ref x2, k));
            l2 = Vector512.FusedMultiplyAdd(v2, left, l2);
            r2 = Vector512.FusedMultiplyAdd(v2, right, r2);
            Vector512<float> v3 = Vector512.Create(Add(ref x3, k));
            l3 = Vector512.FusedMultiplyAdd(v3, left, l3);
            r3 = Vector512.FusedMultiplyAdd(v3, right, r3);
            Vector512<float> v4 = Vector512.Create(Add(ref x4, k));
            l4 = Vector512.FusedMultiplyAdd(v4, left, l4);
            r4 = Vector512.FusedMultiplyAdd(v4, right, r4);
            Vector512<float> v5 = Vector512.Create(Add(ref x5, k));
            l5 = Vector512.FusedMultiplyAdd(v5, left, l5);
            r5 = Vector512.FusedMultiplyAdd(v5, right, r5);
            Vector512<float> v6 = Vector512.Create(Add(ref x6, k));
            l6 = Vector512.FusedMultiplyAdd(v6, left, l6);
            r6 = Vector512.FusedMultiplyAdd(v6, right, r6);
            Vector512<float> v7 = Vector512.Create(Add(ref x7, k));
            l7 = Vector512.FusedMultiplyAdd(v7, left, l7);
            r7 = Vector512.FusedMultiplyAdd(v7, right, r7);
        }

        block.Store(0, l0, r0);
        block.Store(1, l1, r1);
        block.Store(2, l2, r2);
        block.Store(3, l3, r3);
        block.Store(4, l4, r4);
        block.Store(5, l5, r5);
        block.Store(6, l6, r6);
        block.Store(7, l7, r7);
        return block.Below(8);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static Block TwoRows(Block block)
    {
        Vector512<float> l0 = Vector512.LoadUnsafe(ref block.Bias), r0 = Vector512.LoadUnsafe(ref block.Bias, Half);
        Vector512<float> l1 = l0, r1 = r0;
        ref float weights = ref block.Weights;
        ref float x0 = ref block.Input;
        ref float x1 = ref Add(ref x0, block.InputStride);
        nuint step = block.InputStep, stride = block.WeightStride, end = block.Inputs * step;
        for (nuint k = 0; k < end; k += step)
        {
            Vector512<float> left = Vector512.LoadUnsafe(ref weights), right = Vector512.LoadUnsafe(ref weights, Half);
            weights = ref Add(ref weights, stride);
            Vector512<float> v0 = Vector512.Create(Add(ref x0, k));
            l0 = Vector512.FusedMultiplyAdd(v0, left, l0);
            r0 = Vector512.FusedMultiplyAdd(v0, right, r0);
            Vector512<float> v1 = Vector512.Create(Add(ref x1, k));
            l1 = Vector512.FusedMultiplyAdd(v1, left, l1);
            r1 = Vector512.FusedMultiplyAdd(v1, right, r1);
        }

        block.Store(0, l0, r0);
        block.Store(1, l1, r1);
        return block.Below(2);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static Block OneRow(Block block)
    {
        Vector512<float> l0 = Vector512.LoadUnsafe(ref block.Bias), r0 = Vector512.LoadUnsafe(ref block.Bias, Half);
        ref float weights = ref block.Weights;
        ref float x0 = ref block.Input;
        nuint step = block.InputStep, stride = block.WeightStride, end = block.Inputs * step;
        for (nuint k = 0; k < end; k += step)
        {
            Vector512<float> left = Vector512.LoadUnsafe(ref weights), right = Vector512.LoadUnsafe(ref weights, Half);
            weights = ref Add(ref weights, stride);
            Vector512<float> v0 = Vector512.Create(Add(ref x0, k));
            l0 = Vector512.FusedMultiplyAdd(v0, left, l0);
            r0 = Vector512.FusedMultiplyAdd(v0, right, r0);
        }

        block.Store(0, l0, r0);
        return block.Below(1);
    }
}
