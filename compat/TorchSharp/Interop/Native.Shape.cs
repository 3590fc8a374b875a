using System.Runtime.InteropServices;
using static TorchSharp.torch;

namespace TorchSharp;

/// <summary>native/shape.cpp.</summary>
internal static partial class Native
{
    [LibraryImport(Library)] internal static partial Tensor ts_reshape(Tensor t, ReadOnlySpan<long> sizes, long n);
    [LibraryImport(Library)] internal static partial Tensor ts_view(Tensor t, ReadOnlySpan<long> sizes, long n);
    [LibraryImport(Library)] internal static partial Tensor ts_expand(Tensor t, ReadOnlySpan<long> sizes, long n);
    [LibraryImport(Library)] internal static partial Tensor ts_repeat(Tensor t, ReadOnlySpan<long> sizes, long n);
    [LibraryImport(Library)] internal static partial Tensor ts_tile(Tensor t, ReadOnlySpan<long> sizes, long n);
    [LibraryImport(Library)] internal static partial Tensor ts_permute(Tensor t, ReadOnlySpan<long> dims, long n);
    [LibraryImport(Library)] internal static partial Tensor ts_flip(Tensor t, ReadOnlySpan<long> dims, long n);
    [LibraryImport(Library)]
    internal static partial Tensor ts_roll(Tensor t, ReadOnlySpan<long> shifts, long n, ReadOnlySpan<long> dims, long m);
    [LibraryImport(Library)] internal static partial Tensor ts_flatten(Tensor t, long start, long end);
    [LibraryImport(Library)] internal static partial Tensor ts_unflatten(Tensor t, long dim, ReadOnlySpan<long> sizes, long n);
    [LibraryImport(Library)] internal static partial Tensor ts_t(Tensor t);
    [LibraryImport(Library)] internal static partial Tensor ts_transpose(Tensor t, long a, long b);
    [LibraryImport(Library)] internal static partial Tensor ts_unsqueeze(Tensor t, long dim);
    [LibraryImport(Library)] internal static partial Outcome ts_unsqueeze_(Tensor t, long dim);
    [LibraryImport(Library)] internal static partial Tensor ts_squeeze(Tensor t);
    [LibraryImport(Library)] internal static partial Tensor ts_squeeze_dim(Tensor t, long dim);
    [LibraryImport(Library)] internal static partial Tensor ts_narrow(Tensor t, long dim, long start, long length);
    [LibraryImport(Library)] internal static partial Tensor ts_slice(Tensor t, long dim, long start, long end, long step);
    [LibraryImport(Library)] internal static partial Tensor ts_select(Tensor t, long dim, long index);
    [LibraryImport(Library)] internal static partial Tensor ts_index_select(Tensor t, long dim, Tensor index);
    [LibraryImport(Library)] internal static partial Tensor ts_gather(Tensor t, long dim, Tensor index);
    [LibraryImport(Library)] internal static partial Tensor ts_scatter(Tensor t, long dim, Tensor index, Tensor source);
    [LibraryImport(Library)] internal static partial Outcome ts_scatter_(Tensor t, long dim, Tensor index, Tensor source);
    [LibraryImport(Library)] internal static partial Tensor ts_scatter_add(Tensor t, long dim, Tensor index, Tensor source);
    [LibraryImport(Library)] internal static partial Outcome ts_scatter_add_(Tensor t, long dim, Tensor index, Tensor source);
    [LibraryImport(Library)] internal static partial Tensor ts_take(Tensor t, Tensor index);
    [LibraryImport(Library)] internal static partial Tensor ts_masked_select(Tensor t, Tensor mask);
    [LibraryImport(Library)] internal static partial Tensor ts_nonzero(Tensor t);
    [LibraryImport(Library)] internal static partial Tensor ts_unfold(Tensor t, long dim, long size, long step);
    [LibraryImport(Library)] internal static partial Tensor ts_tril(Tensor t, long diagonal);
    [LibraryImport(Library)] internal static partial Tensor ts_triu(Tensor t, long diagonal);
    [LibraryImport(Library)] internal static partial Tensor ts_diag(Tensor t, long diagonal);
    [LibraryImport(Library)] internal static partial Tensor ts_diagonal(Tensor t, long offset, long a, long b);
    [LibraryImport(Library)] internal static partial Tensor ts_diag_embed(Tensor t, long offset, long a, long b);
    [LibraryImport(Library)] internal static partial Tensor ts_repeat_interleave(Tensor t, long repeats, ReadOnlySpan<long> dim);
    [LibraryImport(Library)] internal static partial Tensor ts_cat(ReadOnlySpan<nint> tensors, long n, long dim);
    [LibraryImport(Library)] internal static partial Tensor ts_stack(ReadOnlySpan<nint> tensors, long n, long dim);
    [LibraryImport(Library)] internal static partial Tensor ts_hstack(ReadOnlySpan<nint> tensors, long n);
    [LibraryImport(Library)] internal static partial Tensor ts_vstack(ReadOnlySpan<nint> tensors, long n);
    [LibraryImport(Library)] internal static partial nint ts_chunk(Tensor t, long chunks, long dim);
    [LibraryImport(Library)] internal static partial nint ts_split(Tensor t, long size, long dim);
    [LibraryImport(Library)] internal static partial nint ts_split_sizes(Tensor t, ReadOnlySpan<long> sizes, long n, long dim);
    [LibraryImport(Library)] internal static partial nint ts_unbind(Tensor t, long dim);
}
