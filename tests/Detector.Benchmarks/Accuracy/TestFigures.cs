using Detector.Models.Evaluation;

namespace Detector.Benchmarks.Accuracy;

/// <summary>The metrics of one test.</summary>
internal sealed record TestFigures(VolumeUnderSurface Volume, Ranking Ranking, Confusion Rows, EventOutcomes Events, EventOutcomes AfterTraining)
{
    /// <param name="mergeGap">Anomalous rows no further apart are one alarm.</param>
    public static TestFigures Of(ScoredTest scored, TimeSpan mergeGap)
    {
        var rows = new LabelledScores(scored.Scores, scored.Labels);
        return new TestFigures(
            VolumeUnderSurface.Of(rows, scored.Test.BufferWidth),
            Ranking.Of(rows),
            Confusion.Of(scored.Verdicts, scored.Labels),
            scored.Outcomes(scored.Verdicts, 0, mergeGap),
            scored.Outcomes(scored.Verdicts, scored.Test.Learned, mergeGap));
    }
}
