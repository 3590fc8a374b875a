namespace Detector.Models.Evaluation;

/// <summary>Scores of consecutive rows of one series beside their labels: what every ranking metric starts from.</summary>
public sealed class LabelledScores
{
    private readonly double[] _scores;
    private readonly bool[] _labels;

    /// <param name="scores">(N) higher = more anomalous. A row that could not be scored is negative infinity: the least anomalous.</param>
    /// <param name="labels">(N) whether the row is anomalous.</param>
    /// <exception cref="ArgumentException">Lengths that differ, or a score that is NaN; the message names the row, counted from 0.</exception>
    public LabelledScores(ReadOnlySpan<double> scores, ReadOnlySpan<bool> labels)
    {
        if (scores.Length != labels.Length)
            throw new ArgumentException($"There are {scores.Length} scores and {labels.Length} labels; each row needs one of both.", nameof(labels));
        for (int i = 0; i < scores.Length; i++)
        {
            if (double.IsNaN(scores[i]))
                throw new ArgumentException($"The score of row {i} is NaN; give a number, or negative infinity for a row that could not be scored.", nameof(scores));
        }

        _scores = scores.ToArray();
        _labels = labels.ToArray();
        Events = RowRange.Of(labels);
        Anomalous = Events.Sum(range => range.Length);
        SortedScores = [.. _scores];
        SortedLabels = [.. _labels];
        Array.Sort(SortedScores, SortedLabels);
        Array.Reverse(SortedScores);
        Array.Reverse(SortedLabels);
    }

    public int Count => _scores.Length;

    /// <summary>Rows whose label is anomalous.</summary>
    public int Anomalous { get; }

    /// <summary>Runs of anomalous rows, in order.</summary>
    public IReadOnlyList<RowRange> Events { get; }

    public ReadOnlySpan<double> Scores => _scores;

    public ReadOnlySpan<bool> Labels => _labels;

    /// <summary>(N) scores, the highest first.</summary>
    internal double[] SortedScores { get; }

    /// <summary>(N) labels in the order of <see cref="SortedScores"/>.</summary>
    internal bool[] SortedLabels { get; }
}
