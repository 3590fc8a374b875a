using TorchSharp.Modules;
using static TorchSharp.torch;

namespace TorchSharp;

public static class TensorExtensionMethods
{
    /// <summary>Makes a parameter of the tensor, which is invalid afterwards.</summary>
    public static Parameter AsParameter(this Tensor tensor) => new(tensor);

    public static float ToSingle(this Tensor value) => Value(value).ToSingle();

    public static double ToDouble(this Tensor value) => Value(value).ToDouble();

    public static long ToInt64(this Tensor value) => Value(value).ToInt64();

    public static int ToInt32(this Tensor value) => Value(value).ToInt32();

    public static short ToInt16(this Tensor value) => Value(value).ToInt16();

    public static byte ToByte(this Tensor value) => Value(value).ToByte();

    public static sbyte ToSByte(this Tensor value) => Value(value).ToSByte();

    public static bool ToBoolean(this Tensor value) => Value(value).ToBoolean();

    private static Scalar Value(Tensor value)
    {
        ArgumentNullException.ThrowIfNull(value);
        return value.ToScalar();
    }
}
