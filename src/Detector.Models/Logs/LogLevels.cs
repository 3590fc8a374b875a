using System.Text;

namespace Detector.Models.Logs;

/// <summary>Words for levels, as syslog, log4j, Python, .NET, Go, Android and others write them.</summary>
internal static class LogLevels
{
    private static readonly Dictionary<string, LogSeverity> s_words = new(StringComparer.OrdinalIgnoreCase)
    {
        ["trace"] = LogSeverity.Trace, ["trce"] = LogSeverity.Trace, ["verbose"] = LogSeverity.Trace, ["finest"] = LogSeverity.Trace,
        ["debug"] = LogSeverity.Debug, ["dbug"] = LogSeverity.Debug, ["fine"] = LogSeverity.Debug,
        ["info"] = LogSeverity.Info, ["information"] = LogSeverity.Info, ["informational"] = LogSeverity.Info,
        ["notice"] = LogSeverity.Notice,
        ["warn"] = LogSeverity.Warning, ["warning"] = LogSeverity.Warning,
        ["error"] = LogSeverity.Error, ["err"] = LogSeverity.Error, ["fail"] = LogSeverity.Error, ["severe"] = LogSeverity.Error, ["failure"] = LogSeverity.Error,
        ["fatal"] = LogSeverity.Critical, ["critical"] = LogSeverity.Critical, ["crit"] = LogSeverity.Critical, ["alert"] = LogSeverity.Critical,
        ["emerg"] = LogSeverity.Critical, ["emergency"] = LogSeverity.Critical, ["panic"] = LogSeverity.Critical,
    };

    private static readonly Dictionary<string, LogSeverity>.AlternateLookup<ReadOnlySpan<char>> s_lookup = s_words.GetAlternateLookup<ReadOnlySpan<char>>();

    /// <summary>The level a word stands for; brackets and punctuation around it do not matter.</summary>
    public static LogSeverity Of(ReadOnlySpan<byte> word)
    {
        word = word.Trim("[]<>(),:|\""u8);
        if (word.Length is < 3 or > 13)
            return LogSeverity.Unknown;
        Span<char> text = stackalloc char[13];
        int length = Encoding.Latin1.GetChars(word, text);
        return s_lookup.TryGetValue(text[..length], out LogSeverity level) ? level : LogSeverity.Unknown;
    }

    /// <summary>A level in a header, where it stands in capitals or in brackets: in a sentence it would be a word like any other.</summary>
    public static LogSeverity InHeader(ReadOnlySpan<byte> token)
    {
        if (token.Length < 4)
            return LogSeverity.Unknown;
        bool bracketed = token[0] is (byte)'[' or (byte)'<' or (byte)'(';
        return bracketed || (char.IsAsciiLetterUpper((char)token[0]) && !token.ContainsAnyInRange((byte)'a', (byte)'z')) || token[^1] == (byte)','
            ? Of(token)
            : LogSeverity.Unknown;
    }

    /// <summary>Android's letters.</summary>
    public static LogSeverity OfLetter(byte letter) => letter switch
    {
        (byte)'V' => LogSeverity.Trace,
        (byte)'D' => LogSeverity.Debug,
        (byte)'I' => LogSeverity.Info,
        (byte)'W' => LogSeverity.Warning,
        (byte)'E' => LogSeverity.Error,
        (byte)'F' => LogSeverity.Critical,
        _ => LogSeverity.Unknown,
    };

    /// <summary>Severity of syslog, 0 (emergency) to 7 (debug).</summary>
    public static LogSeverity OfSeverity(int severity) => severity switch
    {
        <= 2 => LogSeverity.Critical,
        3 => LogSeverity.Error,
        4 => LogSeverity.Warning,
        5 => LogSeverity.Notice,
        6 => LogSeverity.Info,
        _ => LogSeverity.Debug,
    };
}
