namespace Detector.Models.Logs;

/// <summary>The header of RFC 5424 behind its priority: <c>1 TIMESTAMP HOST APP PROCID MSGID [DATA] MESSAGE</c>.</summary>
internal static class SyslogHeader
{
    public static bool TryRead(ReadOnlySpan<byte> line, long now, LogSeverity level, out LogHeader header)
    {
        header = default;
        if (!line.StartsWith("1 "u8))
            return false;
        line = line[2..];
        ReadOnlySpan<byte> time = Field(line, out line);
        ReadOnlySpan<byte> host = Field(line, out line);
        ReadOnlySpan<byte> app = Field(line, out line);
        Field(line, out line); // process
        Field(line, out line); // message
        long ticks = 0;
        if (time is not [(byte)'-'] && (!LogTimestamp.TryRead(time, now, out ticks, out int length) || length < time.Length))
            return false;
        if (!TrySkipData(ref line))
            return false;
        if (line.StartsWith("\uFEFF"u8))
            line = line[3..];
        header = new LogHeader
        {
            Ticks = ticks, Level = level, Host = host is [(byte)'-'] ? default : host, Component = app is [(byte)'-'] ? default : app, Content = line,
        };
        return true;
    }

    private static ReadOnlySpan<byte> Field(ReadOnlySpan<byte> line, out ReadOnlySpan<byte> rest)
    {
        int end = line.IndexOf((byte)' ');
        rest = end < 0 ? default : line[(end + 1)..];
        return end < 0 ? line : line[..end];
    }

    /// <summary>Structured data: <c>-</c>, or elements in brackets whose quoted values may hold escaped ones.</summary>
    private static bool TrySkipData(scoped ref ReadOnlySpan<byte> line)
    {
        if (line.IsEmpty)
            return false;
        if (line[0] == (byte)'-')
        {
            line = line[1..].TrimStart((byte)' ');
            return true;
        }

        while (!line.IsEmpty && line[0] == (byte)'[')
        {
            bool quoted = false;
            int i = 1;
            for (; i < line.Length; i++)
            {
                if (line[i] == (byte)'\\')
                    i++;
                else if (line[i] == (byte)'"')
                    quoted = !quoted;
                else if (line[i] == (byte)']' && !quoted)
                    break;
            }

            if (i >= line.Length)
                return false;
            line = line[(i + 1)..];
        }

        line = line.TrimStart((byte)' ');
        return true;
    }
}
