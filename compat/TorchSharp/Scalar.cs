using System.Runtime.InteropServices.Marshalling;

namespace TorchSharp;

/// <summary>A number of any of the element types.</summary>
[NativeMarshalling(typeof(ScalarMarshaller))]
public sealed class Scalar : IDisposable
{
    internal Scalar(ScalarValue value, torch.ScalarType type) => (Value, Type) = (value, type);

    public torch.ScalarType Type { get; }

    internal ScalarValue Value { get; }

    public static implicit operator Scalar(byte value) => Integer(value);

    public static implicit operator Scalar(sbyte value) => Integer(value);

    public static implicit operator Scalar(short value) => Integer(value);

    public static implicit operator Scalar(int value) => Integer(value);

    public static implicit operator Scalar(long value) => Integer(value);

    public static implicit operator Scalar(Half value) => Floating((double)value);

    public static implicit operator Scalar(float value) => Floating(value);

    public static implicit operator Scalar(double value) => Floating(value);

    public static implicit operator Scalar(bool value) => new(new ScalarValue(ScalarValue.Boolean, value ? 1 : 0), torch.ScalarType.Bool);

    /// <summary>Nothing to free: the value is held in managed memory.</summary>
    public void Dispose()
    {
    }

    private static Scalar Integer(long value) => new(new ScalarValue(ScalarValue.Integer, value), torch.ScalarType.Int64);

    private static Scalar Floating(double value) => new(ScalarValue.Of(value), torch.ScalarType.Float64);
}
