namespace Detector.Models.Logs;

/// <summary>The tokens of a masked line: where they are, of which class they are, and the lines that differ in one of them.</summary>
internal ref struct Tokens
{
    private readonly ReadOnlySpan<byte> _text;
    private readonly Span<int> _ends;

    /// <param name="ends">Room for the ends, <see cref="MaskedLine.MaxTokens"/> of them.</param>
    public Tokens(ReadOnlySpan<byte> text, Span<int> ends)
    {
        _text = text;
        _ends = ends;
        for (int i = 0; i <= text.Length && Count < ends.Length; i++)
        {
            if (i < text.Length && text[i] != (byte)' ')
                continue;
            ReadOnlySpan<byte> token = text[(Count == 0 ? 0 : ends[Count - 1] + 1)..i];
            ends[Count++] = i;
            Words += HasLetter(token) ? 1 : 0;
        }
    }

    public int Count { get; private set; }

    /// <summary>Tokens with a letter: what tells this line from others.</summary>
    public int Words { get; private set; }

    public readonly ReadOnlySpan<byte> this[int index] => _text[Start(index).._ends[index]];

    /// <summary>Whether a token is nothing but a variable part and punctuation.</summary>
    public readonly bool IsStar(int index) => this[index].Contains(MaskedLine.Star) && !HasLetter(this[index]);

    public readonly bool IsMixed(int index) => this[index].Contains(MaskedLine.Star);

    public readonly bool IsWord(int index) => HasLetter(this[index]);

    /// <summary>Whether a token looks like one of a few states: capitals only, or a truth value.</summary>
    public readonly bool IsState(int index)
    {
        ReadOnlySpan<byte> token = this[index].TrimEnd(",.;:)]"u8);
        if (token.SequenceEqual("true"u8) || token.SequenceEqual("false"u8) || token.SequenceEqual("yes"u8) || token.SequenceEqual("no"u8)
            || token.SequenceEqual("on"u8) || token.SequenceEqual("off"u8) || token.SequenceEqual("null"u8) || token.SequenceEqual("none"u8))
            return true;
        foreach (byte c in token)
        {
            if (char.IsAsciiLetterLower((char)c) || c >= 128)
                return false;
        }

        return true;
    }

    /// <summary>The line without the punctuation of tokens that are nothing but a variable part: the same however it was come by.</summary>
    public readonly byte[] Bare()
    {
        byte[] output = new byte[_text.Length];
        int length = 0;
        for (int i = 0; i < Count; i++)
        {
            if (i > 0)
                output[length++] = (byte)' ';
            ReadOnlySpan<byte> token = IsStar(i) ? [MaskedLine.Star] : this[i];
            token.CopyTo(output.AsSpan(length));
            length += token.Length;
        }

        return output[..length];
    }

    /// <summary>The line with one token variable.</summary>
    /// <param name="punctuated">Whether the token's punctuation at the end stays: for eyes, not for comparisons.</param>
    /// <returns>Bytes written to <paramref name="output"/>, which has room for a line and one byte.</returns>
    public readonly int WithStar(int index, Span<byte> output, bool punctuated = false) => Write(output, index, values: false, punctuated);

    /// <summary>The line with one token variable, for eyes.</summary>
    public readonly byte[] Displayed(int index)
    {
        byte[] output = new byte[_text.Length + 1];
        return output[..WithStar(index, output, punctuated: true)];
    }

    /// <summary>The line with the value of each <c>key=value</c> variable; 0 when fewer than two have a value that is not yet.</summary>
    public readonly int WithoutValues(Span<byte> output)
    {
        int values = 0;
        for (int i = 0; i < Count; i++)
            values += HasValue(i) ? 1 : 0;
        return values < 2 ? 0 : Write(output, -1, values: true, punctuated: true);
    }

    /// <summary>How many tokens two lines of the same number of them differ in; all when the numbers differ.</summary>
    public readonly int Differences(in Tokens other)
    {
        if (Count != other.Count)
            return Math.Max(Count, other.Count);
        int differences = 0;
        for (int i = 0; i < Count; i++)
            differences += this[i].SequenceEqual(other[i]) ? 0 : 1;
        return differences;
    }

    private readonly int Write(Span<byte> output, int star, bool values, bool punctuated)
    {
        int length = 0;
        for (int i = 0; i < Count; i++)
        {
            ReadOnlySpan<byte> token = this[i];
            bool value = values && HasValue(i);
            bool variable = i == star || value;
            int kept = i == star ? 0 : value ? token.IndexOf((byte)'=') + 1 : token.Length;
            int punctuation = variable && punctuated ? Punctuation(token) : 0;
            if (length > 0)
                output[length++] = (byte)' ';
            token[..kept].CopyTo(output[length..]);
            length += kept;
            if (variable)
                output[length++] = MaskedLine.Star;
            token[^punctuation..].CopyTo(output[length..]);
            length += punctuation;
        }

        return length;
    }

    /// <summary>Bytes of punctuation at the end, closing brackets and quotes among them when the token has not opened them.</summary>
    private static int Punctuation(ReadOnlySpan<byte> token)
    {
        int end = token.Length;
        while (end > 0 && (token[end - 1] is (byte)',' or (byte)'.' or (byte)';' or (byte)':' || Closes(token[..end])))
            end--;
        return token.Length - end;
    }

    private static bool Closes(ReadOnlySpan<byte> token) => token[^1] switch
    {
        (byte)')' => !token.Contains((byte)'('),
        (byte)']' => !token.Contains((byte)'['),
        (byte)'}' => !token.Contains((byte)'{'),
        (byte)'>' => !token.Contains((byte)'<'),
        (byte)'"' => token.Count((byte)'"') == 1,
        (byte)'\'' => token.Count((byte)'\'') == 1,
        _ => false,
    };

    private readonly bool HasValue(int index)
    {
        int at = this[index].IndexOf((byte)'=');
        return at > 0 && HasLetter(this[index][(at + 1)..]);
    }

    private readonly int Start(int index) => index == 0 ? 0 : _ends[index - 1] + 1;

    private static bool HasLetter(ReadOnlySpan<byte> token)
    {
        foreach (byte c in token)
        {
            if (c >= 128 || char.IsAsciiLetter((char)c))
                return true;
        }

        return false;
    }
}
