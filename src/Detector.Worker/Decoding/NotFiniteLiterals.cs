namespace Detector.Worker.Decoding;

/// <summary>
/// Makes <c>NaN</c>, <c>Infinity</c> and <c>-Infinity</c>, which Python and others write though JSON has no such numbers,
/// into a number that is too large to be finite.
/// </summary>
internal static class NotFiniteLiterals
{
    /// <summary>Whether a payload may hold such a literal, in a quick look that strings can fool.</summary>
    public static bool MayHold(ReadOnlySpan<byte> json) => json.IndexOf("NaN"u8) >= 0 || json.IndexOf("Infinity"u8) >= 0;

    /// <summary>Copies with the literals replaced; the buffer grows as needed and is reused.</summary>
    public static ReadOnlySpan<byte> Replace(ReadOnlySpan<byte> json, ref byte[] buffer)
    {
        if (buffer.Length < json.Length * 2)
            buffer = new byte[json.Length * 2];
        int length = 0;
        bool text = false;
        for (int i = 0; i < json.Length; i++)
        {
            byte at = json[i];
            int literal = text ? 0 : at == 'N' && json[i..].StartsWith("NaN"u8) ? 3 : at == 'I' && json[i..].StartsWith("Infinity"u8) ? 8 : 0;
            if (literal > 0)
            {
                "1e999"u8.CopyTo(buffer.AsSpan(length));
                length += 5;
                i += literal - 1;
                continue;
            }

            buffer[length++] = at;
            if (at == '"')
                text = !text;
            else if (text && at == '\\' && i + 1 < json.Length)
                buffer[length++] = json[++i];
        }

        return buffer.AsSpan(0, length);
    }
}
