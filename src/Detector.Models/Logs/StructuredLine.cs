using System.Text.Json;

namespace Detector.Models.Logs;

/// <summary>
/// Reads lines that are JSON objects, or <c>key=value</c> pairs: time, level, message, logger and host stand under the names that loggers use.
/// Owns the buffer of unescaped messages, which the header read last refers to.
/// </summary>
public sealed class StructuredLine
{
    private static readonly string[] s_time = ["timestamp", "time", "ts", "@timestamp", "t", "datetime"];
    private static readonly string[] s_level = ["level", "severity", "lvl", "loglevel", "log.level", "levelname"];
    private static readonly string[] s_message = ["message", "msg", "log", "@message", "event"];
    private static readonly string[] s_component = ["logger", "component", "service", "app", "program", "logger_name", "unit"];
    private static readonly string[] s_host = ["host", "hostname", "node"];

    private readonly byte[][] _values = [new byte[128], new byte[32], new byte[1024], new byte[128], new byte[128]];
    private readonly int[] _lengths = new int[5];

    /// <summary>Reads a line; false when it is neither, or names no message.</summary>
    /// <param name="now">Reference for years that are not given, UTC ticks.</param>
    public bool TryRead(ReadOnlySpan<byte> line, long now, out LogHeader header)
    {
        header = default;
        Array.Clear(_lengths);
        bool read = line.StartsWith("{"u8) ? TryJson(line) : TryPairs(line);
        if (!read || _lengths[2] == 0)
            return false;
        LogTimestamp.TryRead(Value(0), now, out long ticks, out _);
        header = new LogHeader { Ticks = ticks, Level = LogLevels.Of(Value(1)), Content = Value(2), Component = Value(3), Host = Value(4) };
        return true;
    }

    private bool TryJson(ReadOnlySpan<byte> line)
    {
        try
        {
            var reader = new Utf8JsonReader(line);
            reader.Read();
            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            {
                int field = Field(ref reader);
                reader.Read();
                if (field < 0 || reader.TokenType is not (JsonTokenType.String or JsonTokenType.Number))
                {
                    reader.Skip();
                    continue;
                }

                int size = reader.ValueSpan.Length;
                if (_values[field].Length < size)
                    _values[field] = new byte[size];
                if (reader.TokenType == JsonTokenType.String)
                    _lengths[field] = reader.CopyString(_values[field]);
                else
                    Set(field, reader.ValueSpan);
            }

            return true;
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException)
        {
            // Not JSON after all, or text that is no UTF-8.
            return false;
        }
    }

    private static int Field(ref Utf8JsonReader reader)
    {
        for (int field = 0; field < 5; field++)
        {
            foreach (string name in Names(field))
            {
                if (reader.ValueTextEquals(name))
                    return field;
            }
        }

        return -1;
    }

    private bool TryPairs(ReadOnlySpan<byte> line)
    {
        int i = 0;
        while (i < line.Length)
        {
            int equals = line[i..].IndexOf((byte)'=');
            if (equals <= 0 || line.Slice(i, equals).Contains((byte)' '))
                return i > 0; // what follows is no pair
            ReadOnlySpan<byte> name = line.Slice(i, equals);
            i += equals + 1;
            int end;
            if (i < line.Length && line[i] == (byte)'"')
            {
                end = ++i;
                while (end < line.Length && (line[end] != (byte)'"' || line[end - 1] == (byte)'\\'))
                    end++;
            }
            else
            {
                end = LogHeaders.TokenEnd(line, i);
            }

            for (int field = 0; field < 5; field++)
            {
                foreach (string known in Names(field))
                {
                    if (Is(name, known))
                        Set(field, line[i..end]);
                }
            }

            i = Math.Min(end + 1, line.Length);
            while (i < line.Length && line[i] is (byte)' ' or (byte)'"')
                i++;
        }

        return true;
    }

    private static bool Is(ReadOnlySpan<byte> text, string name)
    {
        if (text.Length != name.Length)
            return false;
        for (int i = 0; i < name.Length; i++)
        {
            if (text[i] != name[i])
                return false;
        }

        return true;
    }

    private static string[] Names(int field) => field switch
    {
        0 => s_time,
        1 => s_level,
        2 => s_message,
        3 => s_component,
        _ => s_host,
    };

    private void Set(int field, ReadOnlySpan<byte> value)
    {
        if (_values[field].Length < value.Length)
            _values[field] = new byte[value.Length];
        value.CopyTo(_values[field]);
        _lengths[field] = value.Length;
    }

    private ReadOnlySpan<byte> Value(int field) => _values[field].AsSpan(0, _lengths[field]);
}
