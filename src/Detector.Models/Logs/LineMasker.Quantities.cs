using System.Buffers.Text;

namespace Detector.Models.Logs;

/// <summary>Numbers with units, dates in words, hexadecimal words.</summary>
public sealed partial class LineMasker
{
    private static readonly byte[][] s_sizes = ["bytes"u8.ToArray(), "byte"u8.ToArray(), "B"u8.ToArray(), "KB"u8.ToArray(), "MB"u8.ToArray(), "GB"u8.ToArray(),
        "TB"u8.ToArray(), "KiB"u8.ToArray(), "MiB"u8.ToArray(), "GiB"u8.ToArray(), "TiB"u8.ToArray(), "kb"u8.ToArray(), "mb"u8.ToArray(), "gb"u8.ToArray(), "kB"u8.ToArray()];

    private static readonly byte[][] s_durations = ["ms"u8.ToArray(), "us"u8.ToArray(), "ns"u8.ToArray(), "sec"u8.ToArray(), "secs"u8.ToArray(),
        "second"u8.ToArray(), "seconds"u8.ToArray(), "minute"u8.ToArray(), "minutes"u8.ToArray(), "hour"u8.ToArray(), "hours"u8.ToArray()];

    private static readonly byte[][] s_months = [.. "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".Split(' ').Select(System.Text.Encoding.ASCII.GetBytes)];
    private static readonly byte[][] s_weekdays = [.. "Mon Tue Wed Thu Fri Sat Sun".Split(' ').Select(System.Text.Encoding.ASCII.GetBytes)];

    /// <summary>The number of a part that is one.</summary>
    private static void KeepNumber(ReadOnlySpan<byte> part, MaskedLine output)
    {
        if (Utf8Parser.TryParse(part, out double value, out int used) && used == part.Length)
            output.AddNumber(value);
    }

    /// <summary>A quantity, and the same once more in brackets: <c>1190 bytes (1.16 KB)</c>.</summary>
    private static bool TryQuantity(ReadOnlySpan<byte> line, int i, MaskedLine output, out int end)
    {
        if (!TryMeasure(line, i, out int number, out end, out bool size))
            return false;
        KeepNumber(line[i..number], output);
        int j = end;
        while (At(line, j) == (byte)' ')
            j++;
        if (size && At(line, j) == (byte)'(' && IsDigitAt(line, j + 1) && TryMeasure(line, j + 1, out _, out int again, out _) && At(line, again) == (byte)')')
            end = again + 1;
        return true;
    }

    /// <summary>Less than a quantity, as in <c>&lt;1 sec</c>.</summary>
    private bool TryBelow(ReadOnlySpan<byte> line, int i, MaskedLine output, out int end)
    {
        end = i;
        int j = At(line, i + 1) == (byte)' ' ? i + 2 : i + 1;
        if (!Has(Masks.Quantities) || !IsDigitAt(line, j) || !TryQuantity(line, j, output, out end))
            return false;
        output.AddStar();
        return true;
    }

    private static bool TryMeasure(ReadOnlySpan<byte> line, int i, out int number, out int end, out bool size)
    {
        int j = i;
        while (IsDigitAt(line, j))
            j++;
        if (At(line, j) == (byte)'.' && IsDigitAt(line, j + 1))
        {
            j++;
            while (IsDigitAt(line, j))
                j++;
        }

        number = end = j;
        while (At(line, j) == (byte)' ')
            j++;
        int unit = j;
        while (char.IsAsciiLetter((char)At(line, j)))
            j++;
        ReadOnlySpan<byte> word = line[unit..j];
        size = IsOneOf(word, s_sizes);
        if (word.IsEmpty || IsWord(At(line, j)) || (!size && !IsOneOf(word, s_durations)))
            return false;
        end = j;
        return true;
    }

    private static bool TryHexadecimal(ReadOnlySpan<byte> line, int i, out int end)
    {
        end = i;
        while (end < line.Length && char.IsAsciiHexDigit((char)line[end]))
            end++;
        return end - i >= 8 && !IsWord(At(line, end));
    }

    /// <summary><c>[Sat ]Jul 9[ 12:16:51[.5]][ CEST][ 2005]</c>.</summary>
    private static bool TryDate(ReadOnlySpan<byte> line, int i, out int end)
    {
        end = i;
        int j = i;
        if (line.Length - j >= 3 && IsOneOf(line.Slice(j, 3), s_weekdays))
        {
            while (char.IsAsciiLetter((char)At(line, j)))
                j++;
            if (At(line, j) == (byte)',')
                j++;
            if (!SkipSpaces(line, ref j))
                return false;
        }

        if (line.Length - j < 5 || !IsOneOf(line.Slice(j, 3), s_months))
            return false;
        j += 3;
        if (!SkipSpaces(line, ref j) || !SkipDigits(line, ref j, 1, 2) || IsWord(At(line, j)))
            return false;
        end = j;
        if (SkipSpaces(line, ref j) && SkipDigits(line, ref j, 2, 2) && At(line, j) == (byte)':')
        {
            while (IsDigitAt(line, j) || At(line, j) is (byte)':' or (byte)'.')
                j++;
            end = j;
        }

        j = end;
        SkipSpaces(line, ref j);
        int zone = j;
        while (char.IsAsciiLetterUpper((char)At(line, j)))
            j++;
        if (j - zone is 3 or 4 && !SkipSpaces(line, ref j))
            return true;
        if (SkipDigits(line, ref j, 4, 4) && !IsWord(At(line, j)))
            end = j;
        return true;
    }

    private static bool SkipSpaces(ReadOnlySpan<byte> line, ref int j)
    {
        int start = j;
        while (At(line, j) == (byte)' ')
            j++;
        return j > start;
    }

    private static bool SkipDigits(ReadOnlySpan<byte> line, ref int j, int least, int most)
    {
        int start = j;
        while (IsDigitAt(line, j))
            j++;
        return j - start >= least && j - start <= most;
    }
}
