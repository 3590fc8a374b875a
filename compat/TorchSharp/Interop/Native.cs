using System.Runtime.InteropServices;
using static TorchSharp.torch;

namespace TorchSharp;

/// <summary>The functions of libtorch_shim.so; one partial file per file under native/.</summary>
internal static partial class Native
{
    private const string Library = "torch_shim";

    /// <summary>The exception for this thread's last failed call.</summary>
    internal static ExternalException LastFailure() => new(TakeError() ?? "libtorch gave no result and no reason");

    internal static string? TakeError() => Marshal.PtrToStringUTF8(ts_take_error());

    /// <summary>A list that libtorch returned; undefined members become invalid tensors.</summary>
    internal static Tensor[] TakeList(nint list)
    {
        if (list == 0) throw LastFailure();
        try
        {
            var tensors = new Tensor[ts_list_count(list)];
            for (var i = 0; i < tensors.Length; i++) tensors[i] = new Tensor(ts_list_take(list, i));
            return tensors;
        }
        finally
        {
            ts_list_free(list);
        }
    }

    /// <summary>The handles of tensors; the caller keeps the tensors alive until the call is over.</summary>
    internal static nint[] Handles(IReadOnlyList<Tensor>? tensors)
    {
        if (tensors is null) return [];
        var handles = new nint[tensors.Count];
        for (var i = 0; i < handles.Length; i++) handles[i] = tensors[i].Handle;
        return handles;
    }

    internal static ReadOnlySpan<long> Optional(ref long? value, ref long buffer)
    {
        if (value is not { } dim) return [];
        buffer = dim;
        return new ReadOnlySpan<long>(ref buffer);
    }
}
