using System.Runtime.InteropServices;

namespace TorchSharp;

/// <summary>native/autograd.cpp.</summary>
internal static partial class Native
{
    [LibraryImport(Library)]
    internal static partial Outcome ts_backward(ReadOnlySpan<nint> tensors, long n, ReadOnlySpan<nint> grads, long gradsCount,
        Flag retainGraph, Flag createGraph, ReadOnlySpan<nint> inputs, long inputsCount);
    [LibraryImport(Library)]
    internal static partial nint ts_grad(ReadOnlySpan<nint> outputs, long n, ReadOnlySpan<nint> inputs, long inputsCount,
        ReadOnlySpan<nint> grads, long gradsCount, Flag retainGraph, Flag createGraph, Flag allowUnused);
    [LibraryImport(Library), SuppressGCTransition] internal static partial Flag ts_grad_enabled();
    [LibraryImport(Library), SuppressGCTransition] internal static partial void ts_set_grad_enabled(Flag enabled);
    [LibraryImport(Library)] internal static partial nint ts_inference_enter(Flag enabled);
    [LibraryImport(Library)] internal static partial void ts_inference_leave(nint guard);
    [LibraryImport(Library)] internal static partial Flag ts_inference_enabled();
    [LibraryImport(Library)] internal static partial nint ts_version();
    [LibraryImport(Library)] internal static partial int ts_get_num_threads();
    [LibraryImport(Library)] internal static partial int ts_get_num_interop_threads();
    [LibraryImport(Library)] internal static partial Outcome ts_set_num_threads(int n);
    [LibraryImport(Library)] internal static partial Outcome ts_set_num_interop_threads(int n);
    [LibraryImport(Library)] internal static partial Flag ts_cuda_available();
    [LibraryImport(Library)] internal static partial int ts_cuda_count();
    [LibraryImport(Library)] internal static partial Outcome ts_cuda_synchronize(int index);
}
