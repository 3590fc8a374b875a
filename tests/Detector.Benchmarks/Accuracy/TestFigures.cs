using Detector.Models.Evaluation;

namespace Detector.Benchmarks.Accuracy;

/// <summary>The metrics of one test.</summary>
internal sealed record TestFigures(VolumeUnderSurface Volume, Ranking Ranking, Confusion Rows, EventOutcomes Events, EventOutcomes AfterTraining)
{
    /// <param name="mergeGap">Anomalous rows no further apart are one alarm.</param>
    public static TestFigures Of(ScoredTest scored, TimeSpan mergeGap)
    {
        var rows = new LabelledScores(scored.Scores, scored.Labels);
        int learned = scored.Test.Learned;
        return new TestFigures(
            VolumeUnderSurface.Of(rows, scored.Test.BufferWidth),
            Ranking.Of(rows),
            Confusion.Of(scored.Verdicts, scored.Labels),
            Outcomes(scored, 0, mergeGap),
            Outcomes(scored, learned, mergeGap));
    }

    /// <summary>A row whose time is not after all before it, as some recordings have, is left out: the detector dropped it too.</summary>
    private static EventOutcomes Outcomes(ScoredTest scored, int from, TimeSpan mergeGap)
    {
        var rows = new List<int>();
        for (int row = from; row < scored.Ticks.Length; row++)
        {
            if (rows.Count == 0 || scored.Ticks[row] > scored.Ticks[rows[^1]])
                rows.Add(row);
        }

        return EventOutcomes.Of(
            [.. rows.Select(row => scored.Ticks[row])], [.. rows.Select(row => scored.Verdicts[row])], [.. rows.Select(row => scored.Labels[row])], mergeGap);
    }
}
