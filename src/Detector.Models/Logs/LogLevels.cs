using System.Text;

namespace Detector.Models.Logs;

/// <summary>Words for levels, as syslog, log4j, Python, .NET, Go, Android and others write them.</summary>
internal static class LogLevels
{
    private static readonly Dictionary<string, LogLevel> s_words = new(StringComparer.OrdinalIgnoreCase)
    {
        ["trace"] = LogLevel.Trace, ["trce"] = LogLevel.Trace, ["verbose"] = LogLevel.Trace, ["finest"] = LogLevel.Trace,
        ["debug"] = LogLevel.Debug, ["dbug"] = LogLevel.Debug, ["fine"] = LogLevel.Debug,
        ["info"] = LogLevel.Info, ["information"] = LogLevel.Info, ["informational"] = LogLevel.Info,
        ["notice"] = LogLevel.Notice,
        ["warn"] = LogLevel.Warning, ["warning"] = LogLevel.Warning,
        ["error"] = LogLevel.Error, ["err"] = LogLevel.Error, ["fail"] = LogLevel.Error, ["severe"] = LogLevel.Error, ["failure"] = LogLevel.Error,
        ["fatal"] = LogLevel.Critical, ["critical"] = LogLevel.Critical, ["crit"] = LogLevel.Critical, ["alert"] = LogLevel.Critical,
        ["emerg"] = LogLevel.Critical, ["emergency"] = LogLevel.Critical, ["panic"] = LogLevel.Critical,
    };

    private static readonly Dictionary<string, LogLevel>.AlternateLookup<ReadOnlySpan<char>> s_lookup = s_words.GetAlternateLookup<ReadOnlySpan<char>>();

    /// <summary>The level a word stands for; brackets and punctuation around it do not matter.</summary>
    public static LogLevel Of(ReadOnlySpan<byte> word)
    {
        word = word.Trim("[]<>(),:|\""u8);
        if (word.Length is < 3 or > 13)
            return LogLevel.Unknown;
        Span<char> text = stackalloc char[13];
        int length = Encoding.Latin1.GetChars(word, text);
        return s_lookup.TryGetValue(text[..length], out LogLevel level) ? level : LogLevel.Unknown;
    }

    /// <summary>A level in a header, where it stands in capitals or in brackets: in a sentence it would be a word like any other.</summary>
    public static LogLevel InHeader(ReadOnlySpan<byte> token)
    {
        if (token.Length < 4)
            return LogLevel.Unknown;
        bool bracketed = token[0] is (byte)'[' or (byte)'<' or (byte)'(';
        return bracketed || (char.IsAsciiLetterUpper((char)token[0]) && !token.ContainsAnyInRange((byte)'a', (byte)'z')) || token[^1] == (byte)','
            ? Of(token)
            : LogLevel.Unknown;
    }

    /// <summary>Android's letters.</summary>
    public static LogLevel OfLetter(byte letter) => letter switch
    {
        (byte)'V' => LogLevel.Trace,
        (byte)'D' => LogLevel.Debug,
        (byte)'I' => LogLevel.Info,
        (byte)'W' => LogLevel.Warning,
        (byte)'E' => LogLevel.Error,
        (byte)'F' => LogLevel.Critical,
        _ => LogLevel.Unknown,
    };

    /// <summary>Severity of syslog, 0 (emergency) to 7 (debug).</summary>
    public static LogLevel OfSeverity(int severity) => severity switch
    {
        <= 2 => LogLevel.Critical,
        3 => LogLevel.Error,
        4 => LogLevel.Warning,
        5 => LogLevel.Notice,
        6 => LogLevel.Info,
        _ => LogLevel.Debug,
    };
}
