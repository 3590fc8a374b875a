using System.Buffers.Text;
using System.Text;
using Detector.Worker.Contracts;

namespace Detector.Worker.Decoding;

/// <summary>Reads a value that stands alone, as in a CSV cell or a payload of one value.</summary>
internal static class TextValue
{
    /// <summary>Adds it: a number, <c>true</c> or <c>false</c>; nothing is missing, and text is missing and counted.</summary>
    public static void Add(DecodedSample sample, ReadOnlySpan<byte> name, ReadOnlySpan<byte> text)
    {
        if (text.IsEmpty)
            sample.AddMissing(name);
        else if (PlainNumber.TryRead(text, out double value) || (Utf8Parser.TryParse(text, out value, out int consumed) && consumed == text.Length))
            sample.Add(name, value);
        else if (IsWord(text, "true") || IsWord(text, "false"))
            sample.Add(name, IsWord(text, "true") ? 1 : 0);
        else if (IsWord(text, "nan") || IsWord(text.TrimStart("+-"u8), "inf") || IsWord(text.TrimStart("+-"u8), "infinity"))
            sample.Add(name, double.NaN);
        else
            sample.AddWrongType(name);
    }

    private static bool IsWord(ReadOnlySpan<byte> text, string word) => Ascii.EqualsIgnoreCase(text, word);
}
