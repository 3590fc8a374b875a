using System.Buffers;
using System.Globalization;

namespace Detector.Worker.Cli.Representation;

/// <summary>Cells of a CSV file.</summary>
internal static class CsvText
{
    private static readonly SearchValues<char> s_special = SearchValues.Create(",;\t\"\r\n");

    public static string Time(long ticks) => new DateTime(ticks, DateTimeKind.Utc).ToString("yyyy-MM-dd'T'HH:mm:ss.FFFFFFF'Z'", CultureInfo.InvariantCulture);

    /// <summary>A number; NaN is an empty cell, which means missing.</summary>
    public static string Number(double value) => double.IsNaN(value) ? "" : value.ToString("G9", CultureInfo.InvariantCulture);

    /// <summary>A name, in quotes where it holds what would break a line into other cells.</summary>
    public static string Name(string text) => text.AsSpan().IndexOfAny(s_special) < 0 ? text : $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";

    /// <summary>One line.</summary>
    public static string Line(IEnumerable<string> cells) => string.Join(',', cells);
}
