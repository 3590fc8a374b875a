namespace Detector.Models.Logs;

/// <summary>Times as they stand in log lines. Zones that are not given are UTC; years that are not given are those that bring the time nearest to a reference.</summary>
public static class LogTimestamp
{
    // y M d H m s: digits; b: month's name; w: weekday's name; _: a space or a digit's place that is empty; T: T, space or hyphen.
    private static readonly string[] s_patterns =
    [
        "yyyy-MM-ddTHH:mm:ss", "yyyy/MM/dd HH:mm:ss", "yyyy-MM-dd-HH.mm.ss", "yyyy.MM.dd HH:mm:ss", "yy/MM/dd HH:mm:ss", "w b _d HH:mm:ss yyyy", "b _d HH:mm:ss",
        "dd/b/yyyy:HH:mm:ss", "MM-dd HH:mm:ss", "MM.dd HH:mm:ss", "yyMMdd HHmmss", "yyyyMMdd-H:m:s", "yyyyMMddTHHmmss", "b d HH:mm:ss", "dd b yyyy HH:mm:ss",
        "MM/dd/yyyy HH:mm:ss",
    ];

    private static readonly string[] s_months = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];

    /// <summary>Reads a time at the start of a text.</summary>
    /// <param name="now">Reference for years that are not given, UTC ticks.</param>
    /// <param name="ticks">The time, UTC ticks.</param>
    /// <param name="length">Bytes that were read.</param>
    public static bool TryRead(ReadOnlySpan<byte> text, long now, out long ticks, out int length)
    {
        ticks = 0;
        length = 0;
        if (text.Length < 10 || !char.IsAsciiLetterOrDigit((char)text[0]))
            return false;
        bool digit = char.IsAsciiDigit((char)text[0]);
        foreach (string pattern in s_patterns)
        {
            if (digit == (pattern[0] is not ('w' or 'b')) && TryMatch(text, pattern, now, out ticks, out length))
                return true;
        }

        return digit && TryEpoch(text, out ticks, out length);
    }

    private static bool TryMatch(ReadOnlySpan<byte> text, string pattern, long now, out long ticks, out int length)
    {
        ticks = 0;
        length = 0;
        Span<int> parts = [-1, 1, 1, 0, 0, 0]; // year, month, day, hour, minute, second
        int i = 0;
        for (int p = 0; p < pattern.Length;)
        {
            char kind = pattern[p];
            int run = 1;
            while (p + run < pattern.Length && pattern[p + run] == kind)
                run++;
            int part = "yMdHms".IndexOf(kind, StringComparison.Ordinal);
            bool ok;
            if (part >= 0)
                ok = TryDigits(text, ref i, run, out parts[part]);
            else
                ok = kind switch
                {
                    'b' => TryMonth(text, ref i, out parts[1]),
                    'w' => TryWeekday(text, ref i),
                    '_' => !Is(text, i, (byte)' ') || ++i > 0,
                    'T' => i < text.Length && text[i] is (byte)'T' or (byte)' ' or (byte)'-' && ++i > 0,
                    _ => Is(text, i, (byte)kind) && ++i > 0,
                };
            if (!ok)
                return false;
            p += run;
        }

        if (i < text.Length && char.IsAsciiLetterOrDigit((char)text[i]) && text[i] != (byte)'Z')
            return false;
        if (parts[0] is >= 0 and < 100)
            parts[0] += 2000;
        if (!TryTicks(parts, now, out ticks))
            return false;
        ticks += Fraction(text, ref i);
        ticks -= Zone(text, ref i);
        length = i;
        return ticks > 0;
    }

    private static bool TryTicks(ReadOnlySpan<int> parts, long now, out long ticks)
    {
        ticks = 0;
        bool given = parts[0] >= 0;
        int year = given ? parts[0] : new DateTime(now, DateTimeKind.Utc).Year;
        if (parts[1] is < 1 or > 12 || year is < 1 or > 9998 || parts[3] > 23 || parts[4] > 59 || parts[5] > 60)
            return false;
        // 29 February of a year that is not given: the year before the reference's may have it.
        if (!given && parts[1] == 2 && parts[2] == 29 && !DateTime.IsLeapYear(year))
            year -= year % 4;
        if (parts[2] < 1 || parts[2] > DateTime.DaysInMonth(year, parts[1]))
            return false;
        ticks = new DateTime(year, parts[1], parts[2], parts[3], parts[4], Math.Min(parts[5], 59), DateTimeKind.Utc).Ticks;
        if (!given && ticks > now + TimeSpan.TicksPerDay && year > 1)
            ticks = new DateTime(ticks).AddYears(-1).Ticks;
        return true;
    }

    /// <summary>Seconds, milliseconds, microseconds or nanoseconds since 1970, by the number of digits.</summary>
    private static bool TryEpoch(ReadOnlySpan<byte> text, out long ticks, out int length)
    {
        ticks = 0;
        length = 0;
        long value = 0;
        while (length < text.Length && length < 19 && char.IsAsciiDigit((char)text[length]))
            value = value * 10 + text[length++] - '0';
        if (length < text.Length && (char.IsAsciiLetterOrDigit((char)text[length]) || text[length] == (byte)'_'))
            return false;
        long unit = length switch
        {
            10 => TimeSpan.TicksPerSecond,
            13 => TimeSpan.TicksPerMillisecond,
            16 => TimeSpan.TicksPerMicrosecond,
            _ => 0,
        };
        if ((unit == 0 && length != 19) || value == 0)
            return false;
        ticks = DateTime.UnixEpoch.Ticks + (length == 19 ? value / 100 : value * unit);
        ticks += Fraction(text, ref length);
        return true;
    }

    private static long Fraction(ReadOnlySpan<byte> text, ref int i)
    {
        if (i + 1 >= text.Length || text[i] is not ((byte)'.' or (byte)',' or (byte)':') || !char.IsAsciiDigit((char)text[i + 1]))
            return 0;
        long ticks = 0;
        long unit = TimeSpan.TicksPerSecond / 10;
        for (i++; i < text.Length && char.IsAsciiDigit((char)text[i]); i++, unit /= 10)
            ticks += (text[i] - '0') * unit;
        return ticks;
    }

    private static long Zone(ReadOnlySpan<byte> text, ref int i)
    {
        if (Is(text, i, (byte)'Z'))
        {
            i++;
            return 0;
        }

        int j = Is(text, i, (byte)' ') ? i + 1 : i;
        if (j >= text.Length || text[j] is not ((byte)'+' or (byte)'-'))
            return 0;
        int sign = text[j++] == (byte)'-' ? -1 : 1;
        if (!TryDigits(text, ref j, 2, out int hours))
            return 0;
        if (Is(text, j, (byte)':'))
            j++;
        if (!TryDigits(text, ref j, 2, out int minutes) || hours > 14 || minutes > 59)
            return 0;
        i = j;
        return sign * (hours * TimeSpan.TicksPerHour + minutes * TimeSpan.TicksPerMinute);
    }

    /// <summary>As many digits as the pattern has letters; a single letter takes one or two.</summary>
    private static bool TryDigits(ReadOnlySpan<byte> text, ref int i, int run, out int value)
    {
        value = 0;
        int start = i;
        int most = run == 1 ? 2 : run;
        while (i - start < most && i < text.Length && char.IsAsciiDigit((char)text[i]))
            value = value * 10 + text[i++] - '0';
        return i - start == run || (run == 1 && i - start == 2);
    }

    private static bool TryMonth(ReadOnlySpan<byte> text, ref int i, out int month)
    {
        month = 0;
        if (i + 3 > text.Length)
            return false;
        for (int m = 0; m < s_months.Length; m++)
        {
            if (((text[i] | 0x20), (text[i + 1] | 0x20), (text[i + 2] | 0x20)) != (s_months[m][0], s_months[m][1], s_months[m][2]))
                continue;
            month = m + 1;
            i += 3;
            return true;
        }

        return false;
    }

    private static bool TryWeekday(ReadOnlySpan<byte> text, ref int i)
    {
        int start = i;
        while (i < text.Length && char.IsAsciiLetter((char)text[i]))
            i++;
        return i - start is >= 3 and <= 9 && text[start..i].IndexOfAnyExceptInRange((byte)'A', (byte)'z') < 0;
    }

    private static bool Is(ReadOnlySpan<byte> text, int i, byte value) => i < text.Length && text[i] == value;
}
