namespace TorchSharp;

/// <summary>`Number` in shim.h.</summary>
internal readonly struct ScalarValue
{
    internal const long Integer = 1, Floating = 2, Boolean = 3;

    internal readonly long Kind;
    internal readonly long Bits;

    internal ScalarValue(long kind, long bits) => (Kind, Bits) = (kind, bits);

    internal static ScalarValue Of(double value) => new(Floating, BitConverter.DoubleToInt64Bits(value));
}
