using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Detector.Models.Statistics;

/// <summary>Features eight at a time, in double precision. What does not fill eight lanes is done one by one, to the same bits.</summary>
internal static class Lanes
{
    public const int Count = 8;

    /// <summary>Eight floats as doubles.</summary>
    public static Vector512<double> Widen(ReadOnlySpan<float> values, int at) =>
        Vector512.WidenLower(Vector256.LoadUnsafe(ref MemoryMarshal.GetReference(values), (nuint)at).ToVector512Unsafe());

    public static Vector512<double> Load(ReadOnlySpan<double> values, int at) => Vector512.LoadUnsafe(ref MemoryMarshal.GetReference(values), (nuint)at);

    public static void Store(Vector512<double> lanes, Span<double> values, int at) => lanes.StoreUnsafe(ref MemoryMarshal.GetReference(values), (nuint)at);

    /// <summary>Stores eight doubles as floats.</summary>
    public static void Narrow(Vector512<double> lanes, Span<float> values, int at) =>
        Vector512.Narrow(lanes, lanes).GetLower().StoreUnsafe(ref MemoryMarshal.GetReference(values), (nuint)at);

    /// <summary>The sum, in an order that depends on the length alone.</summary>
    public static float Sum(ReadOnlySpan<float> values)
    {
        Vector256<float> lanes = Vector256<float>.Zero;
        int i = 0;
        for (; i + Count <= values.Length; i += Count)
            lanes += Eight(values, i);
        float sum = Vector256.Sum(lanes);
        for (; i < values.Length; i++)
            sum += values[i];
        return sum;
    }

    /// <summary>target = left − right.</summary>
    public static void Subtract(ReadOnlySpan<float> left, ReadOnlySpan<float> right, Span<float> target)
    {
        int i = 0;
        for (; i + Count <= target.Length; i += Count)
            (Eight(left, i) - Eight(right, i)).StoreUnsafe(ref target[i]);
        for (; i < target.Length; i++)
            target[i] = left[i] - right[i];
    }

    /// <summary>target += min(values², cap).</summary>
    public static void AddSquares(ReadOnlySpan<float> values, float cap, Span<float> target)
    {
        int i = 0;
        for (; i + Count <= target.Length; i += Count)
        {
            Vector256<float> lanes = Eight(values, i);
            (Eight(target, i) + Vector256.Min(lanes * lanes, Vector256.Create(cap))).StoreUnsafe(ref target[i]);
        }

        for (; i < target.Length; i++)
            target[i] += MathF.Min(values[i] * values[i], cap);
    }

    /// <summary>values /= divisor.</summary>
    public static void Divide(Span<float> values, float divisor)
    {
        int i = 0;
        for (; i + Count <= values.Length; i += Count)
            (Eight(values, i) / Vector256.Create(divisor)).StoreUnsafe(ref values[i]);
        for (; i < values.Length; i++)
            values[i] /= divisor;
    }

    /// <summary>target += factor · values.</summary>
    public static void AddScaled(ReadOnlySpan<float> values, float factor, Span<float> target)
    {
        int i = 0;
        for (; i + Count <= values.Length; i += Count)
        {
            ref float at = ref target[i];
            (Vector256.LoadUnsafe(ref at) + Eight(values, i) * factor).StoreUnsafe(ref at);
        }

        for (; i < values.Length; i++)
            target[i] += values[i] * factor;
    }

    /// <summary>Eight floats as they are.</summary>
    public static Vector256<float> Eight(ReadOnlySpan<float> values, int at) => Vector256.LoadUnsafe(ref MemoryMarshal.GetReference(values), (nuint)at);
}
