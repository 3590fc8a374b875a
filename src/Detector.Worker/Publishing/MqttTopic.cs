using System.Text;

namespace Detector.Worker.Publishing;

/// <summary>The topic of a record: a template in which <c>{series}</c> stands for the series.</summary>
internal sealed class MqttTopic(string template)
{
    public const string Series = "{series}";

    /// <summary>A series that a record does not have.</summary>
    private const string None = "_";
    private const string Hexadecimal = "0123456789ABCDEF";
    private readonly string[] _parts = template.Split(Series);

    /// <summary>The topic for a key. What would mean something to a broker stands as in a URL: a series is one level, and never a wildcard.</summary>
    public string For(ReadOnlySpan<byte> key) => _parts.Length == 1 ? template : string.Join(key.IsEmpty ? None : Level(Encoding.UTF8.GetString(key)), _parts);

    private static string Level(string series)
    {
        if (!series.Any(IsSpecial))
            return series;
        var level = new StringBuilder();
        foreach (char letter in series)
        {
            if (IsSpecial(letter))
                level.Append('%').Append(Hexadecimal[(letter >> 4) & 15]).Append(Hexadecimal[letter & 15]);
            else
                level.Append(letter);
        }

        return level.ToString();
    }

    /// <summary>Levels end at a slash, wildcards match, brokers keep topics with a dollar for themselves; control characters they may refuse. All are ASCII.</summary>
    private static bool IsSpecial(char letter) => letter is '/' or '+' or '#' or '$' or '%' or < ' ' or '\x7F';
}
