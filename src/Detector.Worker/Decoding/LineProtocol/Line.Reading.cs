using System.Buffers;
using System.Buffers.Text;

namespace Detector.Worker.Decoding.LineProtocol;

// From bytes to parts, in one pass.
internal sealed partial class Line
{
    private static readonly SearchValues<byte> s_measurementEnds = SearchValues.Create(", \n\\"u8);
    private static readonly SearchValues<byte> s_wordEnds = SearchValues.Create(",= \n\\"u8);
    private static readonly SearchValues<byte> s_valueEnds = SearchValues.Create(", \r\n"u8);

    /// <summary>Takes the next line off the text.</summary>
    /// <returns>False when it is malformed; the text is then cut after the line.</returns>
    public bool TryRead(ref ReadOnlySpan<byte> text)
    {
        _length = 0;
        TagCount = 0;
        FieldCount = 0;
        TimeSlice = default;
        int at = 0;
        _measurement = ReadWord(text, ref at, s_measurementEnds);
        bool sound = _measurement.Length > 0 && TryReadTags(text, ref at) && TryReadFields(text, ref at);
        int end = text[at..].IndexOf((byte)'\n');
        end = end < 0 ? text.Length : at + end;
        if (sound)
        {
            int start = _length;
            Append(text[at..end].Trim(" \t\r"u8));
            TimeSlice = new Slice(start, _length - start);
            SortTags();
        }

        text = end < text.Length ? text[(end + 1)..] : default;
        return sound;
    }

    private bool TryReadTags(ReadOnlySpan<byte> text, ref int at)
    {
        while (Is(text, at, ','))
        {
            at++;
            Slice key = ReadWord(text, ref at, s_wordEnds);
            if (key.Length == 0 || !Is(text, at, '='))
                return false;
            at++;
            Slice value = ReadWord(text, ref at, s_wordEnds);
            if (value.Length == 0)
                return false;
            AddTag(key, value);
        }

        return Is(text, at, ' ');
    }

    private bool TryReadFields(ReadOnlySpan<byte> text, ref int at)
    {
        while (Is(text, at, ' '))
            at++;
        while (true)
        {
            Slice key = ReadWord(text, ref at, s_wordEnds);
            if (key.Length == 0 || !Is(text, at, '='))
                return false;
            at++;
            if (!TryReadValue(text, ref at, out double? value))
                return false;
            AddField(key, value);
            if (!Is(text, at, ','))
                return at >= text.Length || text[at] is (byte)' ' or (byte)'\r' or (byte)'\n';
            at++;
        }
    }

    /// <summary>Reads up to an end that is not escaped. A backslash before a comma, an equals sign or a space means that character, else itself.</summary>
    private Slice ReadWord(ReadOnlySpan<byte> text, ref int at, SearchValues<byte> ends)
    {
        int start = _length;
        while (at < text.Length)
        {
            int run = text[at..].IndexOfAny(ends);
            if (run < 0)
                run = text.Length - at;
            Append(text.Slice(at, run));
            at += run;
            if (!Is(text, at, '\\'))
                break;
            bool escape = at + 1 < text.Length && text[at + 1] is (byte)',' or (byte)'=' or (byte)' ';
            at += escape ? 1 : 0;
            Append(text.Slice(at, 1));
            at++;
        }

        return new Slice(start, _length - start);
    }

    /// <summary>Reads a field's value.</summary>
    /// <param name="value">Null for text.</param>
    private static bool TryReadValue(ReadOnlySpan<byte> text, ref int at, out double? value)
    {
        value = null;
        if (Is(text, at, '"'))
            return TrySkipText(text, ref at);
        int length = text[at..].IndexOfAny(s_valueEnds);
        ReadOnlySpan<byte> word = length < 0 ? text[at..] : text.Slice(at, length);
        at += word.Length;
        value = Number(word);
        return value is not null;
    }

    /// <summary>Steps over quoted text, which may hold line breaks; leaves the position where it is when it does not end.</summary>
    private static bool TrySkipText(ReadOnlySpan<byte> text, ref int at)
    {
        for (int i = at + 1; ;)
        {
            int run = text[i..].IndexOfAny((byte)'"', (byte)'\\');
            if (run < 0)
                return false;
            i += run + 1;
            if (text[i - 1] == '"')
            {
                at = i;
                return true;
            }

            i = Math.Min(i + 1, text.Length);
        }
    }

    private static double? Number(ReadOnlySpan<byte> word)
    {
        if (word.IsEmpty)
            return null;
        int consumed;
        switch (word[^1])
        {
            case (byte)'i':
                return Utf8Parser.TryParse(word, out long signed, out consumed) && consumed == word.Length - 1 ? signed : null;
            case (byte)'u':
                return Utf8Parser.TryParse(word, out ulong unsigned, out consumed) && consumed == word.Length - 1 ? unsigned : null;
            default:
                if (PlainNumber.TryRead(word, out double value) || (Utf8Parser.TryParse(word, out value, out consumed) && consumed == word.Length))
                    return value;
                return IsTrue(word) ? 1 : IsFalse(word) ? 0 : null;
        }
    }

    private static bool IsTrue(ReadOnlySpan<byte> word) =>
        word.SequenceEqual("t"u8) || word.SequenceEqual("T"u8) || word.SequenceEqual("true"u8) || word.SequenceEqual("True"u8) || word.SequenceEqual("TRUE"u8);

    private static bool IsFalse(ReadOnlySpan<byte> word) =>
        word.SequenceEqual("f"u8) || word.SequenceEqual("F"u8) || word.SequenceEqual("false"u8) || word.SequenceEqual("False"u8) || word.SequenceEqual("FALSE"u8);

    private static bool Is(ReadOnlySpan<byte> text, int at, char sign) => at < text.Length && text[at] == sign;
}
