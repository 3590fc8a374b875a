namespace Detector.Worker.Decoding;

/// <summary>
/// Reads ISO 8601 times: <c>2020-03-09</c>, <c>2020-03-09 10:14</c>, <c>2020-03-09T10:14:33.1234567+01:00</c>. Without a zone it is UTC.
/// Digits below 100 ns are cut off; second 60 is the first of the next minute.
/// </summary>
internal static class IsoTimestamp
{
    /// <summary>Whether the text starts like a date rather than a number.</summary>
    public static bool LooksLike(ReadOnlySpan<byte> text) => text.Length >= 10 && text[4] == '-' && text[7] == '-';

    /// <param name="ticks">UTC ticks since 0001-01-01.</param>
    public static bool TryRead(ReadOnlySpan<byte> text, out long ticks)
    {
        ticks = 0;
        if (!LooksLike(text) || !TryDigits(text[..4], out int year) || !TryDigits(text[5..7], out int month) || !TryDigits(text[8..10], out int day))
            return false;
        if (year < 1 || month is < 1 or > 12 || day < 1 || day > DateTime.DaysInMonth(year, month))
            return false;
        long result = new DateTime(year, month, day, 0, 0, 0, DateTimeKind.Utc).Ticks;
        text = text[10..];
        if (!text.IsEmpty)
        {
            if ((text[0] | 0x20) != 't' && text[0] != ' ')
                return false;
            text = text[1..];
            if (!TryTime(ref text, out long time) || !TryZone(text, out long zone))
                return false;
            result += time - zone;
        }

        if (result < 0 || result > DateTime.MaxValue.Ticks)
            return false;
        ticks = result;
        return true;
    }

    private static bool TryTime(ref ReadOnlySpan<byte> text, out long ticks)
    {
        ticks = 0;
        if (text.Length < 5 || text[2] != ':' || !TryDigits(text[..2], out int hour) || !TryDigits(text[3..5], out int minute) || hour > 23 || minute > 59)
            return false;
        ticks = (hour * TimeSpan.TicksPerHour) + (minute * TimeSpan.TicksPerMinute);
        text = text[5..];
        if (text.IsEmpty || text[0] != ':')
            return true;
        if (text.Length < 3 || !TryDigits(text[1..3], out int second) || second > 60)
            return false;
        ticks += second * TimeSpan.TicksPerSecond;
        text = text[3..];
        if (text.IsEmpty || text[0] is not ((byte)'.' or (byte)','))
            return true;
        text = text[1..];
        int digits = 0;
        for (long unit = TimeSpan.TicksPerSecond / 10; digits < text.Length && char.IsAsciiDigit((char)text[digits]); digits++, unit /= 10)
            ticks += (text[digits] - '0') * unit;
        text = text[digits..];
        return digits > 0;
    }

    private static bool TryZone(ReadOnlySpan<byte> text, out long offset)
    {
        offset = 0;
        if (text.Length > 1 && text[0] == ' ')
            text = text[1..];
        if (text.IsEmpty || (text.Length == 1 && (text[0] | 0x20) == 'z'))
            return true;
        if (text[0] is not ((byte)'+' or (byte)'-') || text.Length < 3 || !TryDigits(text[1..3], out int hours) || hours > 14)
            return false;
        int minutes = 0;
        ReadOnlySpan<byte> rest = text[3..];
        if (!rest.IsEmpty)
        {
            if (rest[0] == ':')
                rest = rest[1..];
            if (rest.Length != 2 || !TryDigits(rest, out minutes) || minutes > 59)
                return false;
        }

        offset = (hours * TimeSpan.TicksPerHour) + (minutes * TimeSpan.TicksPerMinute);
        if (text[0] == '-')
            offset = -offset;
        return true;
    }

    private static bool TryDigits(ReadOnlySpan<byte> text, out int value)
    {
        value = 0;
        foreach (byte digit in text)
        {
            if (!char.IsAsciiDigit((char)digit))
                return false;
            value = (value * 10) + digit - '0';
        }

        return true;
    }
}
