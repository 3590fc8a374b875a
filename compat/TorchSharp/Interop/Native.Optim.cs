using System.Runtime.InteropServices;

namespace TorchSharp;

/// <summary>native/optim.cpp.</summary>
internal static partial class Native
{
    [LibraryImport(Library)]
    internal static partial Outcome ts_adam_step(ReadOnlySpan<nint> parameters, ReadOnlySpan<nint> means, ReadOnlySpan<nint> squares,
        ReadOnlySpan<nint> maxima, Span<long> steps, long n, in AdamOptions options);
    [LibraryImport(Library)]
    internal static partial Outcome ts_sgd_step(ReadOnlySpan<nint> parameters, Span<nint> buffers, long n, in SgdOptions options);
    [LibraryImport(Library)] internal static partial Outcome ts_zero_grad(ReadOnlySpan<nint> parameters, long n);
    [LibraryImport(Library)]
    internal static partial Outcome ts_clip_grad_norm_(ReadOnlySpan<nint> parameters, long n, double maxNorm, double p, out double total);
    [LibraryImport(Library)] internal static partial Outcome ts_clip_grad_value_(ReadOnlySpan<nint> parameters, long n, double value);
}
