using System.Buffers.Text;
using System.Text;

namespace Detector.Worker.Decoding;

/// <summary>Resolves the escapes of a JSON string that a reader has already found well-formed.</summary>
/// <remarks>The reader's own copy throws on lone surrogates (<c>\uD800</c>); here they become U+FFFD.</remarks>
internal static class JsonText
{
    /// <summary>Writes the text behind <paramref name="escaped"/>; the destination must be at least as long.</summary>
    public static int Unescape(ReadOnlySpan<byte> escaped, Span<byte> destination)
    {
        int length = 0;
        for (int i = 0; i < escaped.Length; i++)
        {
            if (escaped[i] != '\\')
            {
                destination[length++] = escaped[i];
                continue;
            }

            byte kind = escaped[++i];
            if (kind == 'u')
            {
                Rune rune = ReadRune(escaped, ref i);
                length += rune.EncodeToUtf8(destination[length..]);
                continue;
            }

            destination[length++] = kind switch
            {
                (byte)'n' => (byte)'\n',
                (byte)'t' => (byte)'\t',
                (byte)'r' => (byte)'\r',
                (byte)'b' => (byte)'\b',
                (byte)'f' => (byte)'\f',
                _ => kind,
            };
        }

        return length;
    }

    /// <summary>Reads <c>\uXXXX</c>, or a surrogate pair of two, and leaves <paramref name="at"/> on its last digit.</summary>
    private static Rune ReadRune(ReadOnlySpan<byte> text, ref int at)
    {
        char first = ReadUnit(text.Slice(at + 1, 4));
        at += 4;
        if (Rune.TryCreate(first, out Rune rune))
            return rune;
        if (at + 6 < text.Length && text[at + 1] == '\\' && text[at + 2] == 'u' && Rune.TryCreate(first, ReadUnit(text.Slice(at + 3, 4)), out rune))
        {
            at += 6;
            return rune;
        }

        return Rune.ReplacementChar;
    }

    private static char ReadUnit(ReadOnlySpan<byte> digits) =>
        Utf8Parser.TryParse(digits, out ushort unit, out _, 'x') ? (char)unit : '\uFFFD';
}
