using System.Text;

namespace Detector.Worker.Decoding;

/// <summary>A path of property names: <c>$</c>, <c>$.a.b</c>, <c>$['a b'].c</c>. Compiled once, compared as UTF-8.</summary>
internal sealed class JsonPath
{
    private readonly byte[][] _names;

    private JsonPath(byte[][] names) => _names = names;

    /// <summary>Number of names; 0 for <c>$</c>.</summary>
    public int Length => _names.Length;

    /// <summary>Whether the name at a depth is this one.</summary>
    public bool Matches(int depth, ReadOnlySpan<byte> name) => depth < _names.Length && name.SequenceEqual(_names[depth]);

    /// <summary>Compiles a path.</summary>
    /// <param name="error">What is wrong with it, as the rest of a sentence.</param>
    public static bool TryParse(string text, out JsonPath path, out string error)
    {
        path = new JsonPath([]);
        error = "";
        if (!text.StartsWith('$'))
            return Fail("it does not start with '$'", out error);
        var names = new List<byte[]>();
        for (int at = 1; at < text.Length;)
        {
            string name;
            if (text[at] == '.')
            {
                int end = text.AsSpan(at + 1).IndexOfAny('.', '[');
                end = end < 0 ? text.Length : at + 1 + end;
                name = text[(at + 1)..end];
                at = end;
            }
            else if (text[at] == '[' && at + 1 < text.Length && text[at + 1] is '\'' or '"')
            {
                int end = text.IndexOf(text[at + 1] + "]", at + 2, StringComparison.Ordinal);
                if (end < 0)
                    return Fail("a bracket is not closed", out error);
                name = text[(at + 2)..end];
                at = end + 2;
            }
            else
            {
                return Fail("only property names can follow, as in $.a.b or $['a b']", out error);
            }

            if (name.Length == 0)
                return Fail("a name in it is empty", out error);
            names.Add(Encoding.UTF8.GetBytes(name));
        }

        path = new JsonPath([.. names]);
        return true;
    }

    /// <summary>Compiles the path of an array, which may end in <c>[*]</c>.</summary>
    public static bool TryParseArray(string text, out JsonPath path, out string error) =>
        TryParse(text.EndsWith("[*]", StringComparison.Ordinal) ? text[..^3] : text, out path, out error);

    private static bool Fail(string reason, out string error)
    {
        error = reason;
        return false;
    }
}
