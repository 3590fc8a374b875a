using System.Globalization;
using System.Text;
using System.Text.Unicode;
using Detector.Worker.Contracts;

namespace Detector.Worker.Decoding;

/// <summary>What names the series of a message, compiled from <see cref="DecodeOptions.Series"/>.</summary>
internal sealed class SeriesRule
{
    /// <summary>Longer keys are no keys: each is held for as long as its series is.</summary>
    public const int MaxBytes = 512;

    private readonly Kind _kind;
    private readonly int _level;
    private readonly byte[] _fixed;
    private string? _topic;
    private byte[] _topicSeries = [];

    private SeriesRule(Kind kind, int level = 0, byte[]? name = null, JsonPath? path = null, string? column = null)
    {
        _kind = kind;
        _level = level;
        _fixed = name ?? [];
        Path = path;
        Column = column;
    }

    private enum Kind
    {
        Key,
        Topic,
        TopicLevel,
        Fixed,
        Inside,
    }

    /// <summary>Path of the series in a JSON message; null when it is named otherwise.</summary>
    public JsonPath? Path { get; }

    /// <summary>Column of the series in a CSV message; null when it is named otherwise.</summary>
    public string? Column { get; }

    /// <summary>Compiles a rule.</summary>
    /// <param name="error">What is wrong with it, as the rest of a sentence.</param>
    public static bool TryParse(string? text, out SeriesRule rule, out string error)
    {
        error = "";
        rule = new SeriesRule(Kind.Key);
        switch (text)
        {
            case null or "key":
                return true;
            case "topic":
                rule = new SeriesRule(Kind.Topic);
                return true;
            case not null when text.StartsWith('='):
                byte[] name = Encoding.UTF8.GetBytes(text[1..]);
                rule = new SeriesRule(Kind.Fixed, name: name);
                error = name.Length is > 0 and <= MaxBytes ? "" : $"the name after '=' is empty or longer than {MaxBytes} bytes";
                return error.Length == 0;
            case not null when text.StartsWith("topic:", StringComparison.Ordinal):
                bool counted = int.TryParse(text.AsSpan(6), NumberStyles.None, CultureInfo.InvariantCulture, out int level);
                rule = new SeriesRule(Kind.TopicLevel, level);
                error = counted ? "" : "after 'topic:' comes the number of a level, counted from 0";
                return counted;
            case not null when text.StartsWith("column:", StringComparison.Ordinal):
                rule = new SeriesRule(Kind.Inside, column: text[7..]);
                error = text.Length > 7 ? "" : "after 'column:' comes the name of a column";
                return text.Length > 7;
            case not null when text.StartsWith('$'):
                bool parsed = JsonPath.TryParse(text, out JsonPath path, out error);
                rule = new SeriesRule(Kind.Inside, path: path);
                if (parsed && path.Length == 0)
                    error = "'$' is the whole message; name a property, as in $.device";
                return error.Length == 0;
            default:
                error = "it is none of key, topic, topic:N, =NAME, $.path and column:NAME";
                return false;
        }
    }

    /// <summary>The series as far as it is known without reading the payload; empty when it is inside, or absent.</summary>
    public ReadOnlySpan<byte> FromMessage(in RawMessage message) => _kind switch
    {
        Kind.Fixed => _fixed,
        Kind.Key => Usable(message.Key.Span) ? message.Key.Span : default,
        Kind.Topic or Kind.TopicLevel => FromTopic(message.Topic),
        _ => default,
    };

    /// <summary>Whether bytes can be a series key: UTF-8 text of a sensible length.</summary>
    public static bool Usable(ReadOnlySpan<byte> text) => text.Length is > 0 and <= MaxBytes && Utf8.IsValid(text);

    private byte[] FromTopic(string topic)
    {
        if (ReferenceEquals(topic, _topic))
            return _topicSeries;
        string? series = topic;
        if (_kind == Kind.TopicLevel)
            series = topic.Split(topic.Contains('/', StringComparison.Ordinal) ? '/' : '.').ElementAtOrDefault(_level);
        byte[] bytes = Encoding.UTF8.GetBytes(series ?? "");
        _topic = topic;
        _topicSeries = Usable(bytes) ? bytes : [];
        return _topicSeries;
    }
}
