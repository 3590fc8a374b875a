using System.Runtime.InteropServices;
using System.Runtime.InteropServices.Marshalling;
using static TorchSharp.torch;

namespace TorchSharp;

/// <summary>native/tensor.cpp.</summary>
internal static partial class Native
{
    [LibraryImport(Library)] internal static partial nint ts_take_error();
    [LibraryImport(Library)] internal static partial void ts_free(nint t);
    [LibraryImport(Library)] internal static partial Tensor ts_alias(Tensor t);
    [LibraryImport(Library), SuppressGCTransition] internal static partial long ts_dim(Tensor t);
    [LibraryImport(Library), SuppressGCTransition] internal static partial long ts_numel(Tensor t);
    [LibraryImport(Library), SuppressGCTransition] internal static partial long ts_element_size(Tensor t);
    [LibraryImport(Library), SuppressGCTransition] internal static partial long ts_storage_offset(Tensor t);
    [LibraryImport(Library), SuppressGCTransition] internal static partial int ts_dtype(Tensor t);
    [LibraryImport(Library), SuppressGCTransition] internal static partial int ts_device_type(Tensor t);
    [LibraryImport(Library), SuppressGCTransition] internal static partial int ts_device_index(Tensor t);
    [LibraryImport(Library), SuppressGCTransition] internal static partial Flag ts_is_contiguous(Tensor t);
    [LibraryImport(Library), SuppressGCTransition] internal static partial Flag ts_is_leaf(Tensor t);
    [LibraryImport(Library), SuppressGCTransition] internal static partial Flag ts_requires_grad(Tensor t);
    [LibraryImport(Library), SuppressGCTransition] internal static partial void ts_sizes(Tensor t, Span<long> @out);
    [LibraryImport(Library), SuppressGCTransition] internal static partial void ts_strides(Tensor t, Span<long> @out);
    [LibraryImport(Library), SuppressGCTransition] internal static partial Outcome ts_size(Tensor t, long dim, out long size);
    [LibraryImport(Library), SuppressGCTransition] internal static partial Outcome ts_stride(Tensor t, long dim, out long stride);
    [LibraryImport(Library), SuppressGCTransition] internal static partial Outcome ts_data(Tensor t, out nint data);
    [LibraryImport(Library)] internal static partial Outcome ts_set_requires_grad(Tensor t, Flag value);
    [LibraryImport(Library)] internal static partial Outcome ts_retain_grad(Tensor t);
    [LibraryImport(Library)] internal static partial nint ts_get_grad(Tensor t);
    [LibraryImport(Library)]
    internal static partial Outcome ts_set_grad(Tensor t, [MarshalUsing(typeof(OptionalTensorMarshaller))] Tensor? grad);
    [LibraryImport(Library)]
    internal static partial Tensor ts_to(Tensor t, int dtype, int deviceType, int deviceIndex, Flag copy, Flag nonBlocking);
    [LibraryImport(Library)] internal static partial Tensor ts_to_type(Tensor t, int dtype, Flag copy, Flag nonBlocking);
    [LibraryImport(Library)]
    internal static partial Tensor ts_to_device(Tensor t, int deviceType, int deviceIndex, Flag copy, Flag nonBlocking);
    [LibraryImport(Library)] internal static partial Outcome ts_copy_(Tensor t, Tensor source, Flag nonBlocking);
    [LibraryImport(Library)] internal static partial Tensor ts_clone(Tensor t);
    [LibraryImport(Library)] internal static partial Tensor ts_detach(Tensor t);
    [LibraryImport(Library)] internal static partial Outcome ts_detach_(Tensor t);
    [LibraryImport(Library)] internal static partial Tensor ts_contiguous(Tensor t);
    [LibraryImport(Library)] internal static partial Tensor ts_pin_memory(Tensor t);
    [LibraryImport(Library)] internal static partial Outcome ts_is_pinned(Tensor t, out Flag pinned);
    [LibraryImport(Library)] internal static partial Tensor ts_index(Tensor t, ReadOnlySpan<IndexItem> items, long count);
    [LibraryImport(Library)]
    internal static partial Outcome ts_index_put_(Tensor t, ReadOnlySpan<IndexItem> items, long count, Tensor value);
    [LibraryImport(Library)]
    internal static partial Outcome ts_index_put_scalar_(Tensor t, ReadOnlySpan<IndexItem> items, long count, Scalar value);
    [LibraryImport(Library), SuppressGCTransition] internal static partial long ts_list_count(nint tensors);
    [LibraryImport(Library)] internal static partial nint ts_list_take(nint tensors, long i);
    [LibraryImport(Library)] internal static partial void ts_list_free(nint tensors);
}
