namespace Detector.Worker.Cli;

/// <summary>Rows of cells in columns, for terminals and for grep.</summary>
internal static class TextTable
{
    /// <param name="rows">Rows of equally many cells, the header first.</param>
    /// <param name="output">Where it is written.</param>
    public static void Write(IReadOnlyList<string[]> rows, TextWriter output)
    {
        int[] widths = [.. Enumerable.Range(0, rows[0].Length).Select(column => rows.Max(row => row[column].Length))];
        foreach (string[] row in rows)
            output.WriteLine(string.Join("  ", row.Select((cell, column) => cell.PadRight(widths[column]))).TrimEnd());
    }
}
