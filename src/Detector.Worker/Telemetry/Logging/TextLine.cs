using System.Globalization;

namespace Detector.Worker.Telemetry.Logging;

/// <summary>A record for people: <c>2026-03-01 12:00:00.000Z warn  message</c>.</summary>
internal static class TextLine
{
    private const string Reset = "\e[0m";

    public static string Of(in LogRecord record, bool color)
    {
        (string name, string paint) = record.Level switch
        {
            LogLevel.Trace => ("trace", "\e[90m"),
            LogLevel.Debug => ("debug", "\e[90m"),
            LogLevel.Information => ("info ", "\e[32m"),
            LogLevel.Warning => ("warn ", "\e[33m"),
            LogLevel.Error => ("error", "\e[31m"),
            _ => ("fatal", "\e[1;31m"),
        };
        string level = color ? paint + name + Reset : name;
        string exception = record.Exception is null ? "" : Environment.NewLine + record.Exception;

        string message = Plain(record.Message);
        return string.Create(CultureInfo.InvariantCulture, $"{record.Time.UtcDateTime:yyyy-MM-dd HH:mm:ss.fff}Z {level} {message}{exception}");
    }

    /// <summary>A line break in a message, out of a broker's error or a key, must not look like a record of its own, nor anything else command a terminal.</summary>
    private static string Plain(string message)
    {
        string line = message.ReplaceLineEndings(" ");
        return line.Any(char.IsControl) ? string.Concat(line.Select(character => char.IsControl(character) ? '\uFFFD' : character)) : line;
    }
}
