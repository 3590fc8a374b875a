using System.Globalization;
using System.Text;
using System.Text.Unicode;
using Detector.Worker.Contracts;

namespace Detector.Worker.Decoding;

/// <summary>What names the series of a message, or its one feature, compiled from <see cref="DecodeOptions.Series"/> or <see cref="DecodeOptions.Feature"/>.</summary>
internal sealed class NameRule
{
    /// <summary>Longer names are no names: each is held for as long as its series is.</summary>
    public const int MaxBytes = 512;

    /// <summary>Topics whose name is remembered; beyond it all are forgotten and learned anew.</summary>
    private const int MaxTopics = 8192;

    private readonly Kind _kind;
    private readonly byte[] _fixed = [];
    private readonly int[] _levels = [];
    private readonly Dictionary<string, byte[]> _byTopic = new(StringComparer.Ordinal);
    private string? _topic;
    private byte[] _topicName = [];

    private NameRule(Kind kind) => _kind = kind;

    private NameRule(byte[] name)
        : this(Kind.Fixed) => _fixed = name;

    private NameRule(int[] levels)
        : this(Kind.TopicLevels) => _levels = levels;

    private enum Kind
    {
        Key,
        Topic,
        TopicLevels,
        Fixed,
        Inside,
    }

    /// <summary>Path of the name in a JSON message; null when it is named otherwise.</summary>
    public JsonPath? Path { get; private init; }

    /// <summary>Column of the name in a CSV message; null when it is named otherwise.</summary>
    public string? Column { get; private init; }

    /// <summary>Names of the tags of a line, in the order they are joined in; an empty one is the measurement. Null when it is named otherwise.</summary>
    public IReadOnlyList<byte[]>? Tags { get; private init; }

    /// <summary>Compiles a rule; null is <c>key</c>.</summary>
    /// <param name="error">What is wrong with it, as the rest of a sentence.</param>
    public static bool TryParse(string? text, out NameRule rule, out string error)
    {
        error = "";
        rule = new NameRule(Kind.Key);
        switch (text)
        {
            case null or "key":
                return true;
            case "topic":
                rule = new NameRule(Kind.Topic);
                return true;
            case not null when text.StartsWith('='):
                byte[] name = Encoding.UTF8.GetBytes(text[1..]);
                rule = new NameRule(name);
                error = name.Length is > 0 and <= MaxBytes ? "" : $"the name after '=' is empty or longer than {MaxBytes} bytes";
                return error.Length == 0;
            case not null when text.StartsWith("topic:", StringComparison.Ordinal):
                return TryParseLevels(text, out rule, out error);
            case not null when text.StartsWith("column:", StringComparison.Ordinal):
                rule = new NameRule(Kind.Inside) { Column = text[7..] };
                error = text.Length > 7 ? "" : "after 'column:' comes the name of a column";
                return text.Length > 7;
            case not null when text.StartsWith('$'):
                bool parsed = JsonPath.TryParse(text, out JsonPath path, out error);
                rule = new NameRule(Kind.Inside) { Path = path };
                if (parsed && path.Length == 0)
                    error = "'$' is the whole message; name a property, as in $.device";
                return error.Length == 0;
            case not null when text.StartsWith("tag:", StringComparison.Ordinal) || text.StartsWith("measurement", StringComparison.Ordinal):
                return TryParseTags(text, out rule, out error);
            default:
                error = "it is none of key, topic, topic:N, =NAME, $.path, column:NAME, measurement and tag:NAME";
                return false;
        }
    }

    /// <summary>The name as far as it is known without reading the payload; empty when it is inside, or absent.</summary>
    public ReadOnlySpan<byte> FromMessage(in RawMessage message) => _kind switch
    {
        Kind.Fixed => _fixed,
        Kind.Key => Usable(message.Key.Span) ? message.Key.Span : default,
        Kind.Topic or Kind.TopicLevels => FromTopic(message.Topic),
        _ => default,
    };

    /// <summary>Whether bytes can be a name: UTF-8 text of a sensible length.</summary>
    public static bool Usable(ReadOnlySpan<byte> text) => text.Length is > 0 and <= MaxBytes && Utf8.IsValid(text);

    private byte[] FromTopic(string topic)
    {
        if (ReferenceEquals(topic, _topic))
            return _topicName;
        if (!_byTopic.TryGetValue(topic, out byte[]? name))
        {
            name = Encoding.UTF8.GetBytes(_kind == Kind.Topic ? topic : Levels(topic));
            name = Usable(name) ? name : [];
            if (_byTopic.Count >= MaxTopics)
                _byTopic.Clear();
            if (topic.Length <= MaxBytes)
                _byTopic.Add(topic, name);
        }

        _topic = topic;
        _topicName = name;
        return name;
    }

    /// <summary>The chosen levels, joined by a slash; empty when the topic lacks one of them.</summary>
    private string Levels(string topic)
    {
        string[] levels = topic.Split(topic.Contains('/', StringComparison.Ordinal) ? '/' : '.');
        return Array.TrueForAll(_levels, level => level < levels.Length && levels[level].Length > 0)
            ? string.Join('/', _levels.Select(level => levels[level]))
            : "";
    }

    private static bool TryParseLevels(string text, out NameRule rule, out string error)
    {
        var levels = new List<int>();
        error = "";
        foreach (string part in Parts(text))
        {
            if (!part.StartsWith("topic:", StringComparison.Ordinal)
                || !int.TryParse(part.AsSpan(6), NumberStyles.None, CultureInfo.InvariantCulture, out int level))
                error = "after 'topic:' comes the number of a level, counted from 0; several are written as in topic:1,topic:2";
            else
                levels.Add(level);
        }

        rule = new NameRule([.. levels]);
        return error.Length == 0;
    }

    private static bool TryParseTags(string text, out NameRule rule, out string error)
    {
        var tags = new List<byte[]>();
        error = "";
        foreach (string part in Parts(text))
        {
            if (part == "measurement")
                tags.Add([]);
            else if (part.StartsWith("tag:", StringComparison.Ordinal) && part.Length > 4)
                tags.Add(Encoding.UTF8.GetBytes(part[4..]));
            else
                error = "its parts are 'measurement' and 'tag:' with the name of a tag; several are written as in measurement,tag:host";
        }

        rule = new NameRule(Kind.Inside) { Tags = tags };
        return error.Length == 0;
    }

    private static string[] Parts(string text) => text.Split(',', StringSplitOptions.TrimEntries);
}
