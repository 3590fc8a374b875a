using System.Runtime.InteropServices;

namespace Detector.Models.Artifacts;

/// <summary>A named array as bytes: little-endian, row-major.</summary>
public sealed class ArtifactTensor
{
    /// <param name="type">Element type.</param>
    /// <param name="shape">Lengths of the axes, each ≥ 0; empty = a scalar.</param>
    /// <param name="bytes">Product of the lengths × element size bytes; not copied.</param>
    /// <exception cref="ArgumentException">Shape and bytes disagree.</exception>
    public ArtifactTensor(TensorType type, IReadOnlyList<long> shape, ReadOnlyMemory<byte> bytes)
    {
        ArgumentNullException.ThrowIfNull(shape);
        long expected = SizeOf(type);
        foreach (var length in shape)
            expected = length < 0 ? -1 : checked(expected * length);
        if (expected != bytes.Length)
            throw new ArgumentException(
                $"A {type} tensor of shape [{string.Join(", ", shape)}] takes {expected} bytes, not {bytes.Length}.", nameof(bytes));
        Type = type;
        Shape = [.. shape];
        Bytes = bytes;
    }

    public TensorType Type { get; }

    public IReadOnlyList<long> Shape { get; }

    public ReadOnlyMemory<byte> Bytes { get; }

    public static ArtifactTensor From(ReadOnlySpan<float> values, params ReadOnlySpan<long> shape) => Copy(TensorType.F32, values, shape);

    public static ArtifactTensor From(ReadOnlySpan<double> values, params ReadOnlySpan<long> shape) => Copy(TensorType.F64, values, shape);

    public static ArtifactTensor From(ReadOnlySpan<long> values, params ReadOnlySpan<long> shape) => Copy(TensorType.I64, values, shape);

    /// <summary>The elements, row-major.</summary>
    /// <exception cref="InvalidOperationException">The tensor holds another type.</exception>
    public float[] ToFloats() => Values<float>(TensorType.F32);

    /// <inheritdoc cref="ToFloats"/>
    public double[] ToDoubles() => Values<double>(TensorType.F64);

    /// <inheritdoc cref="ToFloats"/>
    public long[] ToIntegers() => Values<long>(TensorType.I64);

    internal static int SizeOf(TensorType type) => type == TensorType.F32 ? 4 : 8;

    private static ArtifactTensor Copy<T>(TensorType type, ReadOnlySpan<T> values, ReadOnlySpan<long> shape)
        where T : unmanaged => new(type, shape.ToArray(), MemoryMarshal.AsBytes(values).ToArray());

    private T[] Values<T>(TensorType type)
        where T : unmanaged => Type == type
        ? MemoryMarshal.Cast<byte, T>(Bytes.Span).ToArray()
        : throw new InvalidOperationException($"The tensor holds {Type}, not {type}.");
}
