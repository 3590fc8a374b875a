using System.Buffers.Text;

namespace Detector.Worker.Decoding;

/// <summary>Reads event times: ISO 8601 text and epoch numbers, exact to 100 ns.</summary>
internal static class Timestamps
{
    /// <summary>Names of the units as the configuration writes them, in the order of <see cref="TimestampUnit"/>.</summary>
    public static IReadOnlyList<string> UnitNames { get; } = ["auto", "s", "ms", "us", "ns"];

    /// <summary>Reads a unit's name.</summary>
    public static bool TryParseUnit(string name, out TimestampUnit unit)
    {
        for (int i = 0; i < UnitNames.Count; i++)
        {
            if (UnitNames[i] == name)
            {
                unit = (TimestampUnit)i;
                return true;
            }
        }

        unit = default;
        return false;
    }

    /// <summary>Reads text that is either ISO 8601 or an epoch number.</summary>
    /// <param name="ticks">UTC ticks since 0001-01-01.</param>
    public static bool TryRead(ReadOnlySpan<byte> text, TimestampUnit unit, out long ticks) =>
        IsoTimestamp.LooksLike(text) ? IsoTimestamp.TryRead(text, out ticks) : TryReadNumber(text, unit, out ticks);

    /// <summary>Reads an epoch number; digits below 100 ns are cut off.</summary>
    public static bool TryReadNumber(ReadOnlySpan<byte> text, TimestampUnit unit, out long ticks)
    {
        if (Utf8Parser.TryParse(text, out long whole, out int consumed) && consumed == text.Length)
            return TryFromWhole(whole, unit, out ticks);
        ticks = 0;

        // The check by magnitude comes first: a decimal that is too large throws where it is multiplied.
        if (!Utf8Parser.TryParse(text, out double rough, out consumed) || consumed != text.Length || !(Math.Abs(rough) < 1e19))
            return false;
        if (!Utf8Parser.TryParse(text, out decimal exact, out consumed) || consumed != text.Length)
            return false;
        decimal scaled = Resolve(unit, rough) switch
        {
            TimestampUnit.Seconds => exact * TimeSpan.TicksPerSecond,
            TimestampUnit.Milliseconds => exact * TimeSpan.TicksPerMillisecond,
            TimestampUnit.Microseconds => exact * TimeSpan.TicksPerMicrosecond,
            _ => exact / TimeSpan.NanosecondsPerTick,
        };
        scaled = decimal.Floor(scaled) + DateTime.UnixEpoch.Ticks;
        if (scaled < 0 || scaled > DateTime.MaxValue.Ticks)
            return false;
        ticks = (long)scaled;
        return true;
    }

    private static bool TryFromWhole(long value, TimestampUnit unit, out long ticks)
    {
        Int128 scaled = Resolve(unit, value) switch
        {
            TimestampUnit.Seconds => (Int128)value * TimeSpan.TicksPerSecond,
            TimestampUnit.Milliseconds => (Int128)value * TimeSpan.TicksPerMillisecond,
            TimestampUnit.Microseconds => (Int128)value * TimeSpan.TicksPerMicrosecond,
            _ => value >= 0 ? value / TimeSpan.NanosecondsPerTick : (value + 1) / TimeSpan.NanosecondsPerTick - 1,
        };
        scaled += DateTime.UnixEpoch.Ticks;
        bool inRange = scaled >= 0 && scaled <= DateTime.MaxValue.Ticks;
        ticks = inRange ? (long)scaled : 0;
        return inRange;
    }

    private static TimestampUnit Resolve(TimestampUnit unit, double value) => unit != TimestampUnit.Auto ? unit : Math.Abs(value) switch
    {
        < 1e11 => TimestampUnit.Seconds,
        < 1e14 => TimestampUnit.Milliseconds,
        < 1e17 => TimestampUnit.Microseconds,
        _ => TimestampUnit.Nanoseconds,
    };
}
