namespace TorchSharp;

public static partial class torch
{
    public static Tensor cat(IList<Tensor> tensors, long dim = 0) => cat(tensors.ToArray(), dim);

    public static Tensor cat(ReadOnlySpan<Tensor> tensors, long dim = 0) => cat(tensors.ToArray(), dim);

    public static Tensor cat(Tensor[] tensors, long dim = 0)
    {
        var result = Native.ts_cat(Native.Handles(tensors), tensors.Length, dim);
        GC.KeepAlive(tensors);
        return result;
    }

    public static Tensor concat(IList<Tensor> tensors, long dim = 0) => cat(tensors, dim);

    public static Tensor concat(ReadOnlySpan<Tensor> tensors, long dim = 0) => cat(tensors, dim);

    public static Tensor concat(Tensor[] tensors, long dim = 0) => cat(tensors, dim);

    public static Tensor stack(IEnumerable<Tensor> tensors, long dim = 0)
    {
        var all = tensors as IReadOnlyList<Tensor> ?? tensors.ToArray();
        var result = Native.ts_stack(Native.Handles(all), all.Count, dim);
        GC.KeepAlive(all);
        return result;
    }

    public static Tensor hstack(IList<Tensor> tensors) => hstack(tensors.ToArray());

    public static Tensor hstack(ReadOnlySpan<Tensor> tensors) => hstack(tensors.ToArray());

    public static Tensor hstack(IEnumerable<Tensor> tensors) => hstack(tensors.ToArray());

    public static Tensor hstack(params Tensor[] tensors)
    {
        var result = Native.ts_hstack(Native.Handles(tensors), tensors.Length);
        GC.KeepAlive(tensors);
        return result;
    }

    public static Tensor vstack(IList<Tensor> tensors) => vstack(tensors.ToArray());

    public static Tensor vstack(ReadOnlySpan<Tensor> tensors) => vstack(tensors.ToArray());

    public static Tensor vstack(Tensor[] tensors)
    {
        var result = Native.ts_vstack(Native.Handles(tensors), tensors.Length);
        GC.KeepAlive(tensors);
        return result;
    }

    public static Tensor einsum(string equation, params Tensor[] tensors)
    {
        var result = Native.ts_einsum(equation, Native.Handles(tensors), tensors.Length);
        GC.KeepAlive(tensors);
        return result;
    }

    public static Tensor clone(Tensor input) => input.clone();
}
