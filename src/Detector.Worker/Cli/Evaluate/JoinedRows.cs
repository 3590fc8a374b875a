using System.Globalization;
using Detector.Models.Evaluation;

namespace Detector.Worker.Cli.Evaluate;

/// <summary>The rows that both a file of scores and a file of labels have, in order of time; of rows with the same time the first counts.</summary>
internal sealed class JoinedRows
{
    private JoinedRows(long[] ticks, LabelledScores rows, bool[] verdicts, int unlabelled, int period)
    {
        Ticks = ticks;
        Rows = rows;
        Verdicts = verdicts;
        Unlabelled = unlabelled;
        Period = period;
    }

    /// <summary>UTC ticks, ascending.</summary>
    public long[] Ticks { get; }

    public LabelledScores Rows { get; }

    /// <summary>Empty when the scores came with neither verdicts nor thresholds.</summary>
    public bool[] Verdicts { get; }

    /// <summary>Rows of scores for which there is no label.</summary>
    public int Unlabelled { get; }

    /// <summary>The period of the first feature beside the labels, in rows; the buffer of the volume under the surface.</summary>
    public int Period { get; }

    /// <exception cref="InvalidDataException">A column is missing, or no row is in both files.</exception>
    /// <exception cref="IOException">A file cannot be read.</exception>
    public static JoinedRows Read(string scoresPath, string labelsPath, string labelColumn)
    {
        CsvTable scores = CsvTable.Read(scoresPath);
        CsvTable labels = CsvTable.Read(labelsPath);
        int score = Require(scores, scoresPath, "score", "detector backtest --scores writes it");
        int label = Require(labels, labelsPath, labelColumn, "name another one with --label-column");
        int anomaly = scores.IndexOf("anomaly");
        int threshold = scores.IndexOf("threshold");

        var known = new Dictionary<long, bool>(labels.Count);
        for (int row = 0; row < labels.Count; row++)
        {
            if (!double.IsNaN(labels.Value(row, label)))
                known.TryAdd(labels.Ticks[row], labels.Value(row, label) > 0);
        }

        int[] order = [.. Enumerable.Range(0, scores.Count).OrderBy(row => scores.Ticks[row]).DistinctBy(row => scores.Ticks[row])];
        int[] joined = [.. order.Where(row => known.ContainsKey(scores.Ticks[row]))];
        if (joined.Length == 0)
        {
            throw new InvalidDataException(
                $"No row of '{scoresPath}' ({Describe(scores)}) has a label in '{labelsPath}' ({Describe(labels)}): rows are matched by timestamp. " +
                "Give the labels of the file that was scored.");
        }

        double[] values = [.. joined.Select(row => scores.Value(row, score)).Select(value => double.IsNaN(value) ? double.NegativeInfinity : value)];
        bool[] verdicts = anomaly >= 0 ? [.. joined.Select(row => scores.Value(row, anomaly) > 0)]
            : threshold >= 0 ? [.. joined.Select(row => scores.Value(row, score) > scores.Value(row, threshold))]
            : [];
        return new JoinedRows(
            [.. joined.Select(row => scores.Ticks[row])],
            new LabelledScores(values, [.. joined.Select(row => known[scores.Ticks[row]])]),
            verdicts,
            order.Length - joined.Length,
            labels.Columns.Count > 1 ? BufferWidth.Of(labels.Column(label == 0 ? 1 : 0)) : BufferWidth.Fallback);
    }

    private static int Require(CsvTable table, string path, string column, string remedy)
    {
        int index = table.IndexOf(column);
        if (index >= 0)
            return index;
        throw new InvalidDataException(table.Count == 0
            ? $"'{path}' has no row that can be read: its first line must name the columns, one of them timestamp, and each further line give a time."
            : $"'{path}' has no column '{column}' (it has {string.Join(", ", table.Columns)}); {remedy}.");
    }

    private static string Describe(CsvTable table) => string.Create(
        CultureInfo.InvariantCulture, $"{table.Count} rows from {new DateTime(table.Ticks.Min()):yyyy-MM-dd HH:mm:ss} to {new DateTime(table.Ticks.Max()):yyyy-MM-dd HH:mm:ss}");
}
