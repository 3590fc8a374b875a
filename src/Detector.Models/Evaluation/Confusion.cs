namespace Detector.Models.Evaluation;

/// <summary>Rows by verdict and label. Rates without a row to count are NaN.</summary>
public readonly record struct Confusion(long TruePositives, long FalsePositives, long FalseNegatives, long TrueNegatives)
{
    public double Precision => Share(TruePositives, TruePositives + FalsePositives);

    public double Recall => Share(TruePositives, TruePositives + FalseNegatives);

    /// <summary>2 TP / (2 TP + FP + FN); 0 when anomalies exist and none is found.</summary>
    public double F1 => Share(2 * TruePositives, (2 * TruePositives) + FalsePositives + FalseNegatives);

    /// <summary>FAR: share of the normal rows that were called anomalous.</summary>
    public double FalseAlarmRate => Share(FalsePositives, FalsePositives + TrueNegatives);

    /// <summary>MAR: share of the anomalous rows that were called normal.</summary>
    public double MissRate => Share(FalseNegatives, FalseNegatives + TruePositives);

    /// <param name="verdicts">(N) rows called anomalous.</param>
    /// <param name="labels">(N) rows that are.</param>
    /// <exception cref="ArgumentException">Lengths that differ.</exception>
    public static Confusion Of(ReadOnlySpan<bool> verdicts, ReadOnlySpan<bool> labels)
    {
        if (verdicts.Length != labels.Length)
            throw new ArgumentException($"There are {verdicts.Length} verdicts and {labels.Length} labels; each row needs one of both.", nameof(labels));
        Span<long> counts = stackalloc long[4];
        counts.Clear();
        for (int i = 0; i < labels.Length; i++)
            counts[(verdicts[i] ? 0 : 2) + (labels[i] == verdicts[i] ? 0 : 1)]++;
        return new Confusion(counts[0], counts[1], counts[3], counts[2]);
    }

    public static Confusion operator +(Confusion left, Confusion right) => left.Add(right);

    /// <summary>Both together: rows of several series pooled.</summary>
    public Confusion Add(Confusion other) => new(
        TruePositives + other.TruePositives, FalsePositives + other.FalsePositives,
        FalseNegatives + other.FalseNegatives, TrueNegatives + other.TrueNegatives);

    private static double Share(long part, long whole) => whole == 0 ? double.NaN : (double)part / whole;
}
