using System.Runtime.InteropServices;

namespace TorchSharp;

/// <summary>The functions of PyTorch's `torch` module that Detector uses, named and shaped as in the TorchSharp package.</summary>
public static partial class torch
{
    /// <summary>The version of libtorch.</summary>
    public static string __version__ { get; } = Marshal.PtrToStringUTF8(Native.ts_version())!;

    /// <summary>Throws the error that the last native call on this thread left, if any.</summary>
    /// <exception cref="ExternalException">libtorch's message.</exception>
    public static void CheckForErrors()
    {
        if (Native.TakeError() is { } message) throw new ExternalException(message);
    }

    public static int get_num_threads() => Native.ts_get_num_threads();

    /// <summary>Sets how many threads one operation may use.</summary>
    public static void set_num_threads(int num) => Native.ts_set_num_threads(num);

    public static int get_num_interop_threads() => Native.ts_get_num_interop_threads();

    /// <exception cref="ExternalException">Called twice, or after parallel work has begun.</exception>
    public static void set_num_interop_threads(int num) => Native.ts_set_num_interop_threads(num);

    /// <summary>Opens a scope that owns the tensors made on this thread until it is disposed, and disposes them with it.</summary>
    public static DisposeScope NewDisposeScope() => DisposeScopeManager.ThreadSingleton.NewDisposeScope();

    /// <summary>Evaluates in a dispose scope of its own and keeps only the result.</summary>
    public static Tensor WrappedTensorDisposeScope(Func<Tensor> expr)
    {
        ArgumentNullException.ThrowIfNull(expr);
        using var scope = NewDisposeScope();
        return expr().MoveToOuterDisposeScope();
    }

    public static bool is_tensor(object obj) => obj is Tensor;

    public static bool cuda_is_available() => cuda.is_available();

    public static class cuda
    {
        public static bool is_available() => Native.ts_cuda_available();

        public static int device_count() => Native.ts_cuda_count();

        public static void manual_seed(long seed) => torch.manual_seed(seed);

        /// <summary>Waits until the device has done what was asked of it.</summary>
        public static void synchronize(Device? device = null)
        {
            InitializeDeviceType(DeviceType.CUDA);
            Native.ts_cuda_synchronize(device?.index ?? -1);
        }
    }
}
