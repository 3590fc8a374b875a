using System.Runtime.Intrinsics;
using static TorchSharp.torch;

namespace Detector.Benchmarks;

/// <summary>What the machine can do at best, measured beside what the service does with it.</summary>
internal static class MachineLimits
{
    /// <summary>GFLOP/s of a product of two large matrices by the BLAS that torch uses, on one thread: the best of several sizes, each beyond the first cache.</summary>
    public static double Gemm() => ((int[])[256, 512, 1024]).Max(Gemm);

    private static double Gemm(int size)
    {
        set_num_threads(1);
        using var scope = NewDisposeScope();
        using var noGrad = inference_mode();
        Tensor a = randn(size, size), b = randn(size, size);
        (double time, _) = Measure.PerOperation(1, () => a.mm(b).Dispose());
        return 2.0 * size * size * size / time;
    }

    /// <summary>GB/s of copying memory larger than the caches, each byte counted once.</summary>
    public static double Copy()
    {
        byte[] source = new byte[64 << 20], target = new byte[source.Length];
        (double time, _) = Measure.PerOperation(source.Length, () => source.AsSpan().CopyTo(target));
        return 1 / time;
    }

    /// <summary>Width of the vectors that the scoring kernels use, bits.</summary>
    public static int VectorBits => Vector512.IsHardwareAccelerated ? 512 : Vector256.IsHardwareAccelerated ? 256 : 128;
}
