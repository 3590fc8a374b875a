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

    /// <summary>Of rows with the same time, as some recordings have, the first counts.</summary>
    private static EventOutcomes Outcomes(ScoredTest scored, int from, TimeSpan mergeGap)
    {
        int[] rows = [.. Enumerable.Range(from, scored.Ticks.Length - from).Where(row => row == from || scored.Ticks[row] > scored.Ticks[row - 1])];
        return EventOutcomes.Of(
            [.. rows.Select(row => scored.Ticks[row])], [.. rows.Select(row => scored.Verdicts[row])], [.. rows.Select(row => scored.Labels[row])], mergeGap);
    }
}
