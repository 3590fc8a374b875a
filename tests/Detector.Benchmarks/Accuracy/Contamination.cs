using Detector.Models.Evaluation;
using Detector.Worker.Cli.Evaluate;

namespace Detector.Benchmarks.Accuracy;

/// <summary>Training rows that show labelled events: what a warm-up that was not watched may hold.</summary>
internal static class Contamination
{
    /// <summary>Which training rows take their values from which row of a test. Events are cut to a quarter of what is mixed in, at most.</summary>
    /// <param name="rows">Training rows.</param>
    /// <param name="share">Share of them that is replaced.</param>
    public static IReadOnlyDictionary<int, (CsvTable Table, int Row)> Mix(int rows, IReadOnlyList<CsvTable> tests, double share)
    {
        var replaced = new Dictionary<int, (CsvTable, int)>();
        (CsvTable Table, RowRange Rows)[] events = [.. tests.SelectMany(table => Events(table).Select(range => (table, range)))];
        int wanted = (int)(share * rows);
        if (events.Length == 0 || wanted == 0)
            return replaced;
        var random = new Random(1);
        for (int tries = 0; replaced.Count < wanted && tries < 1000; tries++)
        {
            (CsvTable table, RowRange range) = events[random.Next(events.Length)];
            int length = Math.Min(Math.Min(range.Length, Math.Max(1, wanted / 4)), wanted - replaced.Count);
            int start = random.Next(rows - length);
            if (Enumerable.Range(start, length).Any(replaced.ContainsKey))
                continue;
            for (int i = 0; i < length; i++)
                replaced[start + i] = (table, range.First + i);
        }

        return replaced;
    }

    private static IReadOnlyList<RowRange> Events(CsvTable table)
    {
        int label = table.IndexOf(TableDecoder.Label);
        return RowRange.Of([.. Enumerable.Range(0, table.Count).Select(row => table.Value(row, label) > 0)]);
    }
}
