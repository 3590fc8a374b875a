using System.Globalization;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;

namespace Detector.Models.Artifacts;

/// <summary>Turns any text into a file name of its own: different texts never meet, and no text leaves the folder.</summary>
public static class SafeName
{
    private const int MaxLength = 120; // well inside the 255 bytes of common file systems

    /// <summary>Letters, digits, '_' and '-' stay; other UTF-16 units become %XX or %uXXXX; the empty text becomes %; long names are cut and end in
    /// '~' and the text's SHA-256.</summary>
    public static string Of(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        if (text.Length == 0)
            return "%";
        var name = new StringBuilder();
        foreach (var c in text.AsSpan(0, Math.Min(text.Length, MaxLength + 1)))
        {
            if (char.IsAsciiLetterOrDigit(c) || c is '_' or '-')
                name.Append(c);
            else
                name.Append(c < 0x80 ? "%" : "%u").Append(((int)c).ToString(c < 0x80 ? "X2" : "X4", CultureInfo.InvariantCulture));
        }

        if (name.Length <= MaxLength)
            return name.ToString();
        var hash = SHA256.HashData(MemoryMarshal.AsBytes(text.AsSpan()));
        return $"{name.ToString(0, MaxLength - 65)}~{Convert.ToHexStringLower(hash)}";
    }
}
