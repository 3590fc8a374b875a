using System.Collections;
using static TorchSharp.torch;

namespace TorchSharp.Utils;

/// <summary>The elements of a tensor on the CPU, in row-major order whatever its strides. Writes go to the tensor.</summary>
public sealed class TensorAccessor<T> : IDisposable, IEnumerable<T> where T : unmanaged
{
    private readonly Tensor _tensor;
    private readonly nint _data;
    private readonly long[] _shape;
    private readonly long[] _strides;
    private readonly bool _contiguous;

    internal TensorAccessor(Tensor tensor)
    {
        _tensor = tensor;
        _data = tensor.DataPointer();
        _shape = tensor.shape;
        _strides = tensor.stride();
        _contiguous = tensor.is_contiguous();
        Count = tensor.numel();
    }

    public long Count { get; }

    public bool IsReadOnly => false;

    public T this[params long[] indices]
    {
        get => Element(Offset(indices));
        set => Element(Offset(indices)) = value;
    }

    public T[] ToArray()
    {
        var result = new T[Count];
        CopyTo(result);
        return result;
    }

    /// <summary>An array with the tensor's number of dimensions; of one element for a scalar.</summary>
    public Array ToNDArray()
    {
        if (_shape.Length < 2) return ToArray();
        var result = Array.CreateInstance(typeof(T), _shape);
        var indices = new long[_shape.Length];
        for (long i = 0; i < Count; i++)
        {
            var rest = i;
            for (var d = indices.Length - 1; d >= 0; d--) (rest, indices[d]) = Math.DivRem(rest, _shape[d]);
            result.SetValue(Element(Strided(i)), indices);
        }

        return result;
    }

    public void CopyTo(T[] array, int arrayIndex = 0, long tensorIndex = 0) => CopyTo(array.AsSpan(), arrayIndex, tensorIndex);

    /// <summary>Copies until the array or the tensor ends.</summary>
    public void CopyTo(Span<T> array, int arrayIndex = 0, long tensorIndex = 0)
    {
        var target = array[arrayIndex..];
        var length = Length(target.Length, tensorIndex);
        if (_contiguous) Span(tensorIndex, length).CopyTo(target);
        else
            for (var i = 0; i < length; i++) target[i] = Element(Strided(tensorIndex + i));
    }

    public void CopyFrom(T[] array, int arrayIndex = 0, long tensorIndex = 0) => CopyFrom(array.AsSpan(), arrayIndex, tensorIndex);

    public void CopyFrom(ReadOnlySpan<T> array, int arrayIndex = 0, long tensorIndex = 0)
    {
        var source = array[arrayIndex..];
        var length = Length(source.Length, tensorIndex);
        if (_contiguous) source[..length].CopyTo(Span(tensorIndex, length));
        else
            for (var i = 0; i < length; i++) Element(Strided(tensorIndex + i)) = source[i];
    }

    public IEnumerator<T> GetEnumerator()
    {
        for (long i = 0; i < Count; i++) yield return Element(Strided(i));
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <summary>Nothing to free: the tensor belongs to its owner.</summary>
    public void Dispose() => GC.KeepAlive(_tensor);

    private int Length(int available, long tensorIndex)
    {
        if (Count == 0 && tensorIndex == 0) return 0;
        ArgumentOutOfRangeException.ThrowIfNegative(tensorIndex);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(tensorIndex, Count);
        return (int)Math.Min(available, Count - tensorIndex);
    }

    private unsafe Span<T> Span(long start, int length)
    {
        ObjectDisposedException.ThrowIf(_tensor.IsInvalid, _tensor);
        return new Span<T>((T*)_data + start, length);
    }

    private unsafe ref T Element(long offset)
    {
        ObjectDisposedException.ThrowIf(_tensor.IsInvalid, _tensor);
        return ref ((T*)_data)[offset];
    }

    private long Offset(long[] indices)
    {
        if (indices.Length == 1)
        {
            if (indices[0] >= Count) throw new IndexOutOfRangeException();
            ArgumentOutOfRangeException.ThrowIfNegative(indices[0], nameof(indices));
            return Strided(indices[0]);
        }

        var offset = 0L;
        for (var d = 0; d < _shape.Length; d++)
        {
            if (indices[d] < 0 || indices[d] >= _shape[d])
                throw new IndexOutOfRangeException($"{indices[d]} >= {_shape[d]} in dimension {d}.");
            offset += indices[d] * _strides[d];
        }

        return offset;
    }

    private long Strided(long index)
    {
        if (_contiguous) return index;
        var offset = 0L;
        for (var d = _shape.Length - 1; d >= 0; d--)
        {
            (index, var i) = Math.DivRem(index, _shape[d]);
            offset += i * _strides[d];
        }

        return offset;
    }
}
