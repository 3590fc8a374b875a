namespace TorchSharp;

public static class ScalarExtensionMethods
{
    public static Scalar ToScalar(this byte value) => value;

    public static Scalar ToScalar(this sbyte value) => value;

    public static Scalar ToScalar(this short value) => value;

    public static Scalar ToScalar(this int value) => value;

    public static Scalar ToScalar(this long value) => value;

    public static Scalar ToScalar(this Half value) => value;

    public static Scalar ToScalar(this float value) => value;

    public static Scalar ToScalar(this double value) => value;

    public static Scalar ToScalar(this bool value) => value;

    public static float ToSingle(this Scalar value) => (float)value.ToDouble();

    public static double ToDouble(this Scalar value)
    {
        ArgumentNullException.ThrowIfNull(value);
        return value.Value.Kind == ScalarValue.Floating ? BitConverter.Int64BitsToDouble(value.Value.Bits) : value.Value.Bits;
    }

    public static long ToInt64(this Scalar value)
    {
        ArgumentNullException.ThrowIfNull(value);
        return value.Value.Kind == ScalarValue.Floating ? (long)BitConverter.Int64BitsToDouble(value.Value.Bits) : value.Value.Bits;
    }

    public static int ToInt32(this Scalar value) => (int)value.ToInt64();

    public static short ToInt16(this Scalar value) => (short)value.ToInt64();

    public static byte ToByte(this Scalar value) => (byte)value.ToInt64();

    public static sbyte ToSByte(this Scalar value) => (sbyte)value.ToInt64();

    public static bool ToBoolean(this Scalar value) => value.ToDouble() != 0;
}
