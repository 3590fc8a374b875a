using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace TorchSharp;

public static partial class torch
{
    /// <summary>
    /// A tensor over the array's own memory: writing to one writes to the other, unless dtype or device ask for a conversion.
    /// </summary>
    public static Tensor from_array(Array rawArray, Device? device = null)
    {
        ArgumentNullException.ThrowIfNull(rawArray);
        return from_array(rawArray, ToScalarType(rawArray.GetType().GetElementType()!), device ?? CPU);
    }

    /// <inheritdoc cref="from_array(Array, Device?)"/>
    public static unsafe Tensor from_array(Array rawArray, ScalarType? dtype, Device? device = null, bool requires_grad = false)
    {
        ArgumentNullException.ThrowIfNull(rawArray);
        var type = ToScalarType(rawArray.GetType().GetElementType()!);
        var shape = Shape(rawArray);
        var pin = GCHandle.Alloc(rawArray, GCHandleType.Pinned);
        delegate* unmanaged<nint, void> release = &Release;
        return Native.ts_from_memory(pin.AddrOfPinnedObject(), (int)type, shape, shape.Length, (nint)release, GCHandle.ToIntPtr(pin),
            TensorOptions.New(dtype ?? type, device, requires_grad));
    }

    public static Tensor as_tensor(Array data, ScalarType? dtype = null, Device? device = null) => from_array(data, dtype, device);

    public static Tensor as_tensor(Tensor data, ScalarType? dtype = null, Device? device = null)
    {
        ArgumentNullException.ThrowIfNull(data);
        return data.to(dtype ?? data.dtype, device ?? data.device);
    }

    [UnmanagedCallersOnly]
    private static void Release(nint pin) => GCHandle.FromIntPtr(pin).Free();

    private static long[] Shape(Array array)
    {
        var shape = new long[array.Rank];
        for (var i = 0; i < shape.Length; i++) shape[i] = array.GetLongLength(i);
        return shape;
    }

    private static Tensor FromArray<T>(Array array, ScalarType? dtype, Device? device, bool requiresGrad) where T : unmanaged
    {
        ArgumentNullException.ThrowIfNull(array);
        var values = MemoryMarshal.CreateReadOnlySpan(ref Unsafe.As<byte, T>(ref MemoryMarshal.GetArrayDataReference(array)), array.Length);
        return FromValues(values, Shape(array), dtype, device, requiresGrad);
    }

    /// <summary>A tensor of a copy of the values.</summary>
    private static unsafe Tensor FromValues<T>(
        ReadOnlySpan<T> values, ReadOnlySpan<long> shape, ScalarType? dtype, Device? device, bool requiresGrad) where T : unmanaged
    {
        var count = 1L;
        foreach (var size in shape) count *= size;
        if (count > values.Length)
            throw new ArgumentException($"mismatched total size creating a tensor from an array: {count} vs. {values.Length}");

        var type = ToScalarType(typeof(T));
        fixed (T* data = values)
        {
            return Native.ts_from_data((nint)data, (int)type, shape, shape.Length, TensorOptions.New(dtype ?? type, device, requiresGrad));
        }
    }
}
