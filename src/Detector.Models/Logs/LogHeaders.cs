namespace Detector.Models.Logs;

/// <summary>
/// Recognises the headers of common formats without being told: syslog (RFC 3164 and 5424), ISO 8601 and log4j, Spark, Hadoop, Android, Apache's and
/// nginx's error logs, lines that begin with epoch seconds. A header ends after the level, thread in brackets and <c>component:</c> that follow a time.
/// A line without a time is content as a whole.
/// </summary>
public static class LogHeaders
{
    /// <summary>Tokens in which the time is looked for, and the level after it.</summary>
    private const int MaxTokens = 9;

    /// <param name="now">Reference for years that are not given, UTC ticks.</param>
    public static LogHeader Read(ReadOnlySpan<byte> line, long now)
    {
        if (line.StartsWith("\uFEFF"u8))
            line = line[3..];
        LogSeverity level = SyslogPriority(ref line);
        if (level != LogSeverity.Unknown && SyslogHeader.TryRead(line, now, level, out LogHeader syslog))
            return syslog;
        int end = 0;
        long ticks = 0;
        bool traditional = false;
        int i = 0;
        while (i < line.Length && line[i] is (byte)' ' or (byte)'\t' or (byte)',')
            i++;
        for (int token = 0; token < MaxTokens && i < line.Length; token++)
        {
            int start = i;
            int text = line[i] is (byte)'[' or (byte)'(' ? i + 1 : i;
            if (LogTimestamp.TryRead(line[text..], now, out long found, out int length))
            {
                ticks = ticks == 0 || length > 10 ? found : ticks;
                traditional = char.IsAsciiLetter((char)line[text]) && text == start;
                i = end = text + length;
                if (text > start && i < line.Length && line[i] is (byte)']' or (byte)')')
                    i = end = i + 1;
            }
            else
            {
                i = TokenEnd(line, i);
                // Behind a component comes what the program wrote.
                if (line[i - 1] == (byte)':' && i - start > 1)
                    break;
            }

            while (i < line.Length && line[i] is (byte)' ' or (byte)'\t' or (byte)',')
                i++;
        }

        return ticks == 0 ? Whole(line.TrimStart(" \t"u8), level) : new HeaderWalk(line, end, ticks, level).Finish(traditional);
    }

    /// <summary>The first time in a text; 0 when there is none.</summary>
    internal static long FirstTime(ReadOnlySpan<byte> text, long now)
    {
        for (int i = 0; i < text.Length; i = Next(text, i))
        {
            int start = text[i] is (byte)'[' or (byte)'(' ? i + 1 : i;
            if (LogTimestamp.TryRead(text[start..], now, out long ticks, out _))
                return ticks;
        }

        return 0;
    }

    internal static int TokenEnd(ReadOnlySpan<byte> line, int i)
    {
        while (i < line.Length && line[i] is not ((byte)' ' or (byte)'\t'))
            i++;
        return i;
    }

    private static int Next(ReadOnlySpan<byte> text, int i)
    {
        i = TokenEnd(text, i);
        while (i < text.Length && text[i] is (byte)' ' or (byte)'\t')
            i++;
        return i;
    }

    private static LogHeader Whole(ReadOnlySpan<byte> line, LogSeverity level) => new() { Content = line, Level = level };

    /// <summary>Takes <c>&lt;34&gt;</c> off the start.</summary>
    private static LogSeverity SyslogPriority(ref ReadOnlySpan<byte> line)
    {
        int close = line.Length > 2 && line[0] == (byte)'<' ? line[..Math.Min(line.Length, 5)].IndexOf((byte)'>') : -1;
        if (close < 2 || !System.Buffers.Text.Utf8Parser.TryParse(line[1..close], out int priority, out int used) || used != close - 1 || priority > 191)
            return LogSeverity.Unknown;
        line = line[(close + 1)..];
        return LogLevels.OfSeverity(priority & 7);
    }
}
