using System.Globalization;
using System.Text;

namespace Detector.Models.Logs;

/// <summary>Bytes of a line as text that nothing can be made of but text: for terminals, alerts and pages.</summary>
public static class SafeText
{
    /// <summary>Control and format characters as <c>\n</c>, <c>\t</c>, <c>\u001B</c>; bytes that are no UTF-8 as <c>\xFF</c>; letters of any language as they are.</summary>
    public static string Of(ReadOnlySpan<byte> bytes, int maxBytes = 1024)
    {
        bool cut = bytes.Length > maxBytes;
        ReadOnlySpan<byte> rest = cut ? bytes[..maxBytes] : bytes;
        var text = new StringBuilder(rest.Length + 8);
        while (!rest.IsEmpty)
        {
            bool valid = Rune.DecodeFromUtf8(rest, out Rune rune, out int used) == System.Buffers.OperationStatus.Done;
            if (!valid && cut && rest.Length < 4)
                break; // a character that the cut went through
            if (!valid)
                text.Append(CultureInfo.InvariantCulture, $"\\x{rest[0]:X2}");
            else if (Rune.GetUnicodeCategory(rune) is UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator
                or UnicodeCategory.ParagraphSeparator or UnicodeCategory.PrivateUse or UnicodeCategory.OtherNotAssigned)
                AppendEscape(text, rune);
            else
                text.Append(rune);
            rest = rest[(valid ? used : 1)..];
        }

        return cut ? text.Append('…').ToString() : text.ToString();
    }

    private static void AppendEscape(StringBuilder text, Rune rune) => _ = rune.Value switch
    {
        '\n' => text.Append("\\n"),
        '\t' => text.Append("\\t"),
        '\r' => text.Append("\\r"),
        _ => text.Append(CultureInfo.InvariantCulture, $"\\u{rune.Value:X4}"),
    };
}
