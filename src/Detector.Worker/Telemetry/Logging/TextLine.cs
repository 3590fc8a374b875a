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

        // A line break in a message, out of a broker's error or a key, must not look like a record of its own.
        string message = record.Message.ReplaceLineEndings(" ");
        return string.Create(CultureInfo.InvariantCulture, $"{record.Time.UtcDateTime:yyyy-MM-dd HH:mm:ss.fff}Z {level} {message}{exception}");
    }
}
