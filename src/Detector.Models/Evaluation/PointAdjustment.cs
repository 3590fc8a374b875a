namespace Detector.Models.Evaluation;

/// <summary>
/// F1 after point adjustment: once any row of an event is called anomalous, all its rows count as found. It rewards noise: a random score gets most
/// long events, and with them a high figure (Kim et al., "Towards a Rigorous Evaluation of Time-Series Anomaly Detection", AAAI 2022). It is here
/// because papers report it, and never without what chance gets.
/// </summary>
public static class PointAdjustment
{
    private const int Draws = 20;

    /// <summary>Rows by label and adjusted verdict.</summary>
    /// <param name="verdicts">(N) rows called anomalous.</param>
    /// <param name="labels">(N) rows that are.</param>
    /// <exception cref="ArgumentException">Lengths that differ.</exception>
    public static Confusion Adjusted(ReadOnlySpan<bool> verdicts, ReadOnlySpan<bool> labels)
    {
        bool[] adjusted = verdicts.ToArray();
        foreach (RowRange range in RowRange.Of(labels))
        {
            if (range.Last < adjusted.Length && verdicts.Slice(range.First, range.Length).Contains(true))
                adjusted.AsSpan(range.First, range.Length).Fill(true);
        }

        return Confusion.Of(adjusted, labels);
    }

    /// <summary>Rows by label and adjusted verdict if as many rows were called anomalous at random: one outcome for each of 20 seeds.</summary>
    /// <param name="called">Rows called anomalous.</param>
    /// <param name="labels">(N) rows that are.</param>
    public static IReadOnlyList<Confusion> AtRandom(int called, ReadOnlySpan<bool> labels)
    {
        var outcomes = new Confusion[Draws];
        int[] rows = new int[labels.Length];
        for (int seed = 0; seed < Draws; seed++)
        {
            for (int i = 0; i < rows.Length; i++)
                rows[i] = i;
            new Random(seed).Shuffle(rows);
            bool[] verdicts = new bool[labels.Length];
            foreach (int row in rows.AsSpan(0, called))
                verdicts[row] = true;
            outcomes[seed] = Adjusted(verdicts, labels);
        }

        return outcomes;
    }
}
