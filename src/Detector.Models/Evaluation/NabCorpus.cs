namespace Detector.Models.Evaluation;

/// <summary>
/// The score of the Numenta Anomaly Benchmark (Lavin and Ahmad, "Evaluating Real-Time Anomaly Detection Algorithms", ICMLA 2015): the earliest alarm in
/// a window counts by a scaled sigmoid of its position, alarms outside cost by their distance from the window before, and one threshold is chosen
/// for the whole corpus, with the labels in view.
/// </summary>
public sealed class NabCorpus
{
    private const int Outside = -1;

    private readonly List<Row> _rows = [];
    private readonly List<bool> _scorable = [];

    /// <summary>Adds one series.</summary>
    /// <param name="scores">(N) higher = more anomalous; negative infinity never alarms.</param>
    /// <param name="windows">Its windows, in order, disjoint, none empty.</param>
    /// <param name="probation">Rows at the start that are not scored.</param>
    /// <exception cref="ArgumentException">A score that is NaN, a window that is out of order or range.</exception>
    public void Add(ReadOnlySpan<double> scores, IReadOnlyList<RowRange> windows, int probation)
    {
        int next = 0;
        RowRange? before = null;
        int first = _scorable.Count;
        for (int w = 0; w < windows.Count; w++)
        {
            if (windows[w].First < (w == 0 ? 0 : windows[w - 1].Last + 1) || windows[w].Length < 1 || windows[w].Last >= scores.Length)
                throw new ArgumentException($"Window {windows[w].First}…{windows[w].Last} is empty, out of order, or not among the {scores.Length} rows.", nameof(windows));
            _scorable.Add(windows[w].Last >= probation);
        }

        for (int i = 0; i < scores.Length; i++)
        {
            if (double.IsNaN(scores[i]))
                throw new ArgumentException($"The score of row {i} is NaN; give a number, or negative infinity for a row that could not be scored.", nameof(scores));
            bool inside = next < windows.Count && i >= windows[next].First;
            if (i >= probation && scores[i] > double.NegativeInfinity)
            {
                _rows.Add(inside
                    ? new Row(scores[i], first + next, Sigmoid(-(windows[next].Last - i + 1.0) / windows[next].Length) / Sigmoid(-1))
                    : new Row(scores[i], Outside, before is { } past ? Sigmoid((i - past.Last) / Math.Max(1.0, past.Length - 1)) : -1));
            }

            if (inside && i == windows[next].Last)
                before = windows[next++];
        }
    }

    /// <summary>The best score that any one threshold gives.</summary>
    public NabScore Score(NabProfile profile)
    {
        Row[] rows = [.. _rows.OrderByDescending(row => row.Score)];
        double[] worth = new double[_scorable.Count];
        Array.Fill(worth, -profile.FalseNegative);
        double nothing = -profile.FalseNegative * _scorable.Count(scorable => scorable);
        double raw = nothing;
        var best = new NabScore(raw, double.PositiveInfinity, 0, _scorable.Count, 0);
        int found = 0, falseAlarms = 0;
        for (int i = 0; i < rows.Length;)
        {
            double threshold = rows[i].Score;
            for (; i < rows.Length && rows[i].Score == threshold; i++)
            {
                (_, int window, double value) = rows[i];
                if (window == Outside)
                {
                    raw += profile.FalsePositive * value;
                    falseAlarms++;
                    continue;
                }

                found += worth[window] < 0 ? 1 : 0;
                raw += Math.Max(0, value - worth[window]);
                worth[window] = Math.Max(worth[window], value);
            }

            if (raw > best.Score)
                best = new NabScore(raw, threshold, found, _scorable.Count, falseAlarms);
        }

        double perfect = _scorable.Count;
        return best with { Score = _scorable.Count == 0 ? double.NaN : 100 * (best.Score - nothing) / (perfect - nothing) };
    }

    /// <summary>From .987 at −1, the start of a window, over 0 at its end, to −1 far behind it.</summary>
    private static double Sigmoid(double position) => position > 3 ? -1 : (2 / (1 + Math.Exp(5 * position))) - 1;

    private readonly record struct Row(double Score, int Window, double Value);
}
