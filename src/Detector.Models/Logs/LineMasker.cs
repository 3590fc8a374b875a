namespace Detector.Models.Logs;

/// <summary>
/// Writes a line with its variable parts as <c>*</c>. A part is what stands between white space and <c>= : , ; ( ) [ ] { } " ' &lt; &gt; |</c>;
/// it is variable when it has a digit, or when one of the masks covers it. Reads UTF-8, any other bytes as they come; escape sequences of
/// terminals are left out and control characters part tokens. One pass, no allocation.
/// </summary>
/// <param name="masks">What is masked beside parts with digits.</param>
public sealed partial class LineMasker(Masks masks = Masks.Default)
{
    private const byte Escape = 0x1B;

    public void Mask(ReadOnlySpan<byte> line, MaskedLine output)
    {
        output.Clear();
        int i = 0;
        while (i < line.Length)
        {
            byte c = line[i];
            if (c <= (byte)' ' || c == 0x7F)
            {
                if (c == Escape)
                    i = SkipEscape(line, i);
                else
                    output.EndToken();
                i++;
                continue;
            }

            // After anything but a delimiter this is no start of a part: only ASCII ends one.
            i = c == (byte)'<' && TryBelow(line, i, output, out int end) || IsDelimiter(c) && TryDelimited(line, i, output, out end)
                ? end
                : IsDelimiter(c) ? Copy(c, i, output) : Part(line, i, output);
        }

        output.End();
    }

    internal static bool IsDelimiter(byte c) => c < 128 && s_delimiters[c];

    internal static bool IsWord(byte c) => c >= 128 || c == (byte)'_' || char.IsAsciiLetterOrDigit((char)c);

    private static readonly bool[] s_delimiters = Table("=:,;()[]{}\"'<>|");

    private static bool[] Table(string characters)
    {
        bool[] table = new bool[128];
        foreach (char c in characters)
            table[c] = true;
        return table;
    }

    // Enum.HasFlag boxes where the code is not optimised.
    private bool Has(Masks mask) => (masks & mask) != 0;

    private static int Copy(byte c, int i, MaskedLine output)
    {
        output.Add(c);
        return i + 1;
    }

    /// <summary>The last byte of an escape sequence that begins at <paramref name="i"/>.</summary>
    private static int SkipEscape(ReadOnlySpan<byte> line, int i)
    {
        if (i + 1 >= line.Length || line[i + 1] != (byte)'[')
            return i;
        int j = i + 2;
        while (j < line.Length && line[j] is >= 0x20 and < 0x40)
            j++;
        return Math.Min(j, line.Length - 1);
    }

    private bool TryDelimited(ReadOnlySpan<byte> line, int i, MaskedLine output, out int end)
    {
        end = i;
        byte c = line[i];
        if (c == (byte)'(' && At(line, i + 1) == (byte)')' && IsSpaceAt(line, i - 1) && IsSpaceAt(line, i + 2))
        {
            // An empty pair of brackets is one whose content is not known this time.
            output.Add("("u8);
            output.AddStar();
            output.Add(")"u8);
            end = i + 2;
            return true;
        }

        if (c is not ((byte)'"' or (byte)'\''))
            return false;
        bool value = Has(Masks.QuotedValues) && At(line, i - 1) == (byte)'=';
        bool text = Has(Masks.Quoted) && (i == 0 || !IsWord(line[i - 1]));
        if (!value && !text)
            return false;
        int close = line[(i + 1)..].IndexOf(c);
        if (close <= 0)
            return false;
        output.Add(c);
        output.AddStar();
        output.Add(c);
        end = i + close + 2;
        return true;
    }

    private int Part(ReadOnlySpan<byte> line, int i, MaskedLine output)
    {
        if (TryMask(line, i, output, out int end))
        {
            output.AddStar();
            return end;
        }

        bool digit = false;
        int slashes = 0;
        int j = i;
        while (j < line.Length && line[j] > (byte)' ' && line[j] != 0x7F && !IsDelimiter(line[j]))
        {
            byte c = line[j++];
            digit |= char.IsAsciiDigit((char)c);
            slashes += c == (byte)'/' ? 1 : 0;
        }

        if (digit || (slashes >= 2 && j - i > 3 && Has(Masks.Paths)))
        {
            output.AddStar();
            if (digit)
                KeepNumber(line[i..j], output);
        }
        else
        {
            output.Add(line[i..j]);
        }

        return j;
    }

    private bool TryMask(ReadOnlySpan<byte> line, int i, MaskedLine output, out int end)
    {
        byte c = line[i];
        end = i;
        if (char.IsAsciiDigit((char)c))
        {
            return (Has(Masks.Quantities) && TryQuantity(line, i, output, out end))
                || (Has(Masks.Hosts) && TryHost(line, i, out end))
                || (Has(Masks.Hexadecimal) && TryHexadecimal(line, i, out end));
        }

        if (c is (byte)'/' or (byte)'\\')
            return Has(Masks.Paths) && TryPath(line, i, out end);
        if (!char.IsAsciiLetter((char)c))
            return false;
        return (Has(Masks.Dates) && TryDate(line, i, out end))
            || (Has(Masks.Users) && TryUser(line, i, out end))
            || (Has(Masks.Paths) && TryLocator(line, i, out end))
            || (Has(Masks.Hosts) && TryHost(line, i, out end))
            || (Has(Masks.Hexadecimal) && TryHexadecimal(line, i, out end));
    }

    private static byte At(ReadOnlySpan<byte> line, int i) => (uint)i < (uint)line.Length ? line[i] : (byte)0;

    private static bool IsSpaceAt(ReadOnlySpan<byte> line, int i) => At(line, i) <= (byte)' ';

    private static bool IsDigitAt(ReadOnlySpan<byte> line, int i) => char.IsAsciiDigit((char)At(line, i));
}
