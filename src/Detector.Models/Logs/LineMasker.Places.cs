namespace Detector.Models.Logs;

/// <summary>Paths, URLs, host names and users.</summary>
public sealed partial class LineMasker
{
    /// <summary>Endings of host names beside those of countries, which have two letters.</summary>
    private static readonly byte[][] s_domains = ["com"u8.ToArray(), "net"u8.ToArray(), "org"u8.ToArray(), "edu"u8.ToArray(), "gov"u8.ToArray(),
        "mil"u8.ToArray(), "int"u8.ToArray(), "info"u8.ToArray(), "biz"u8.ToArray(), "local"u8.ToArray(), "internal"u8.ToArray()];

    /// <summary>Beginnings of names of code, which look like host names the wrong way round.</summary>
    private static readonly byte[][] s_packages = ["java"u8.ToArray(), "javax"u8.ToArray(), "com"u8.ToArray(), "org"u8.ToArray(), "net"u8.ToArray(),
        "io"u8.ToArray(), "sun"u8.ToArray(), "android"u8.ToArray(), "system"u8.ToArray()];

    /// <summary>A path from its first separator on; <paramref name="end"/> is behind it.</summary>
    private static bool TryPath(ReadOnlySpan<byte> line, int i, out int end)
    {
        end = i;
        int j = i;
        bool named = false;
        while (j < line.Length && (IsPathByte(line[j]) || line[j] is (byte)'/' or (byte)'\\'))
            named |= IsWord(line[j++]);
        if (!named)
            return false;
        if (At(line, j) == (byte)'?')
        {
            while (j < line.Length && line[j] > (byte)' ' && line[j] is not ((byte)'"' or (byte)'\'' or (byte)')' or (byte)']'))
                j++;
        }

        while (line[j - 1] is (byte)'.')
            j--;
        end = j;
        return true;
    }

    /// <summary>A URL, or a path with a drive.</summary>
    private static bool TryLocator(ReadOnlySpan<byte> line, int i, out int end)
    {
        end = i;
        int j = i;
        while (j < line.Length && (char.IsAsciiLetterOrDigit((char)line[j]) || line[j] is (byte)'+' or (byte)'.' or (byte)'-'))
            j++;
        if (At(line, j) != (byte)':')
            return false;
        if (j == i + 1 && At(line, j + 1) is (byte)'\\' or (byte)'/' && IsWord(At(line, j + 2)))
            return TryPath(line, j + 1, out end);
        if (At(line, j + 1) != (byte)'/' || At(line, j + 2) != (byte)'/')
            return false;
        j += 3;
        int start = j;
        while (j < line.Length && line[j] > (byte)' ' && line[j] is not ((byte)'"' or (byte)'\'' or (byte)')' or (byte)']' or (byte)',' or (byte)';'))
            j++;
        end = j;
        return j > start;
    }

    /// <summary>A name in lower case with an ending of the domain name system, or any dotted name with a port.</summary>
    private static bool TryHost(ReadOnlySpan<byte> line, int i, out int end)
    {
        end = i;
        int j = i;
        int dot = -1;
        int firstDot = -1;
        bool lower = true;
        while (j < line.Length && (char.IsAsciiLetterOrDigit((char)line[j]) || line[j] is (byte)'-' or (byte)'.' or (byte)'_'))
        {
            lower &= !char.IsAsciiLetterUpper((char)line[j]) && line[j] != (byte)'_';
            if (line[j] == (byte)'.')
            {
                dot = j;
                firstDot = firstDot < 0 ? j : firstDot;
            }

            j++;
        }

        if (dot < 0 || dot == j - 1)
            return false;
        int port = j;
        if (At(line, j) == (byte)':' && IsDigitAt(line, j + 1))
        {
            port = j + 1;
            while (IsDigitAt(line, port))
                port++;
            if (port - j is > 2 and <= 6 && !IsWord(At(line, port)) && At(line, port) is not ((byte)':' or (byte)'.'))
            {
                end = port;
                return true;
            }
        }

        end = j;
        return lower && IsDomain(line[(dot + 1)..j]) && !IsOneOf(line[i..firstDot], s_packages) && (j == line.Length || !IsWord(line[j]));
    }

    private static bool TryUser(ReadOnlySpan<byte> line, int i, out int end)
    {
        end = i;
        ReadOnlySpan<byte> before = line[..i];
        if (i < 9 || (!before.EndsWith("for user "u8) && !before.EndsWith("invalid user "u8)))
            return false;
        while (end < line.Length && line[end] > (byte)' ')
            end++;
        return true;
    }

    private static bool IsPathByte(byte c) =>
        IsWord(c) || c is (byte)'.' or (byte)'~' or (byte)'%' or (byte)'+' or (byte)'@' or (byte)'$' or (byte)'-' or (byte)'*';

    private static bool IsDomain(ReadOnlySpan<byte> label) =>
        (label.Length == 2 && char.IsAsciiLetter((char)label[0]) && char.IsAsciiLetter((char)label[1])) || IsOneOf(label, s_domains);

    private static bool IsOneOf(ReadOnlySpan<byte> text, byte[][] words)
    {
        foreach (byte[] word in words)
        {
            if (text.SequenceEqual(word))
                return true;
        }

        return false;
    }
}
