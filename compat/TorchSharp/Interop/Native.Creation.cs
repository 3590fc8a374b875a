using System.Runtime.InteropServices;
using static TorchSharp.torch;

namespace TorchSharp;

/// <summary>native/creation.cpp.</summary>
internal static partial class Native
{
    [LibraryImport(Library)] internal static partial Tensor ts_empty(ReadOnlySpan<long> sizes, long n, TensorOptions options);
    [LibraryImport(Library)] internal static partial Tensor ts_zeros(ReadOnlySpan<long> sizes, long n, TensorOptions options);
    [LibraryImport(Library)] internal static partial Tensor ts_ones(ReadOnlySpan<long> sizes, long n, TensorOptions options);
    [LibraryImport(Library)] internal static partial Tensor ts_full(ReadOnlySpan<long> sizes, long n, Scalar value, TensorOptions options);
    [LibraryImport(Library)] internal static partial Tensor ts_rand(ReadOnlySpan<long> sizes, long n, Generator? g, TensorOptions options);
    [LibraryImport(Library)] internal static partial Tensor ts_randn(ReadOnlySpan<long> sizes, long n, Generator? g, TensorOptions options);
    [LibraryImport(Library)]
    internal static partial Tensor ts_randint(long low, long high, ReadOnlySpan<long> sizes, long n, Generator? g, TensorOptions options);
    [LibraryImport(Library)] internal static partial Tensor ts_randperm(long n, Generator? g, TensorOptions options);
    [LibraryImport(Library)] internal static partial Tensor ts_arange(Scalar start, Scalar stop, Scalar step, TensorOptions options);
    [LibraryImport(Library)] internal static partial Tensor ts_linspace(double start, double end, long steps, TensorOptions options);
    [LibraryImport(Library)]
    internal static partial Tensor ts_logspace(double start, double end, long steps, double @base, TensorOptions options);
    [LibraryImport(Library)] internal static partial Tensor ts_eye(long rows, long columns, TensorOptions options);
    [LibraryImport(Library)] internal static partial Tensor ts_empty_like(Tensor t, TensorOptions options);
    [LibraryImport(Library)] internal static partial Tensor ts_zeros_like(Tensor t, TensorOptions options);
    [LibraryImport(Library)] internal static partial Tensor ts_ones_like(Tensor t, TensorOptions options);
    [LibraryImport(Library)] internal static partial Tensor ts_full_like(Tensor t, Scalar value, TensorOptions options);
    [LibraryImport(Library)] internal static partial Tensor ts_rand_like(Tensor t, TensorOptions options);
    [LibraryImport(Library)] internal static partial Tensor ts_randn_like(Tensor t, TensorOptions options);
    [LibraryImport(Library)] internal static partial Tensor ts_randint_like(Tensor t, long low, long high, TensorOptions options);
    [LibraryImport(Library)]
    internal static partial Tensor ts_from_data(nint data, int dtype, ReadOnlySpan<long> sizes, long n, TensorOptions options);
    [LibraryImport(Library)]
    internal static partial Tensor ts_from_memory(nint data, int dtype, ReadOnlySpan<long> sizes, long n, nint release, nint context,
        TensorOptions options);
    [LibraryImport(Library)] internal static partial Tensor ts_bernoulli(Tensor t, Generator? g);
    [LibraryImport(Library)] internal static partial Outcome ts_bernoulli_(Tensor t, double p, Generator? g);
    [LibraryImport(Library)] internal static partial Outcome ts_normal_(Tensor t, double mean, double std, Generator? g);
    [LibraryImport(Library)] internal static partial Outcome ts_uniform_(Tensor t, double from, double to, Generator? g);
    [LibraryImport(Library)] internal static partial Outcome ts_exponential_(Tensor t, double lambda, Generator? g);
    [LibraryImport(Library)] internal static partial Tensor ts_multinomial(Tensor t, long n, Flag replacement, Generator? g);
    [LibraryImport(Library)] internal static partial void ts_manual_seed(long seed);
    [LibraryImport(Library)] internal static partial nint ts_generator_default();
    [LibraryImport(Library)] internal static partial nint ts_generator_new(long seed, int deviceType, int deviceIndex);
    [LibraryImport(Library)] internal static partial void ts_generator_free(nint g);
    [LibraryImport(Library)] internal static partial Outcome ts_generator_seed(nint g, long seed);
    [LibraryImport(Library)] internal static partial long ts_generator_initial_seed(nint g);
    [LibraryImport(Library)] internal static partial Tensor ts_generator_get_state(nint g);
    [LibraryImport(Library)] internal static partial Outcome ts_generator_set_state(nint g, Tensor state);
}
