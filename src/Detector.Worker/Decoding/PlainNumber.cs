namespace Detector.Worker.Decoding;

/// <summary>
/// Reads decimal numbers as sensors send them, such as <c>-4.043</c>, several times as fast as the runtime does, and to the same bits: the nearest double.
/// </summary>
/// <remarks>
/// A number of up to 18 digits is a whole number over a power of ten. Where the whole number is a double itself, so is the power, and one division rounds once
/// (Clinger, "How to read floating point numbers accurately", 1990). Where it is not, the quotient is corrected by what the division left over, which a fused
/// multiplication gives exactly; the rare number whose last bit that does not settle is left to the runtime.
/// </remarks>
internal static class PlainNumber
{
    private const long MostDigits = 1_000_000_000_000_000_000, Exact = 1L << 53;
    private const double Doubt = 1.0 / (1L << 49); // above the relative error of the correction
    private static readonly double[] s_powers =
        [1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19, 1e20, 1e21, 1e22];

    /// <returns>False for what is written otherwise, or too long; it may be a number all the same.</returns>
    public static bool TryRead(ReadOnlySpan<byte> text, out double value)
    {
        value = 0;
        int start = !text.IsEmpty && text[0] == '-' ? 1 : 0, point = -1, at = start;
        long digits = 0;
        for (; at < text.Length; at++)
        {
            uint digit = (uint)(text[at] - '0');
            if (digit <= 9 && digits < MostDigits / 10)
                digits = (digits * 10) + digit;
            else if (text[at] == '.' && point < 0)
                point = at;
            else
                return false;
        }

        int decimals = point < 0 ? 0 : at - point - 1;
        if (at == start || point == start || point == at - 1 || decimals >= s_powers.Length || !TryDivide(digits, s_powers[decimals], out value))
            return false;
        if (start > 0)
            value = -value;
        return true;
    }

    private static bool TryDivide(long digits, double power, out double value)
    {
        double nearest = digits;
        double quotient = nearest / power;
        value = quotient;
        if (digits <= Exact)
            return true;
        double left = Math.FusedMultiplyAdd(-quotient, power, nearest) + (digits - (long)nearest);
        double correction = left / power;
        value = quotient + (correction * (1 + Doubt));
        return value == quotient + (correction * (1 - Doubt));
    }
}
