namespace Detector.Models.Evaluation;

/// <summary>Every metric of one series, in parts that can be pooled with those of others.</summary>
/// <param name="Rows">Rows evaluated.</param>
/// <param name="Anomalous">Rows among them whose label is anomalous.</param>
/// <param name="Unscored">Rows among them without a score.</param>
/// <param name="BufferWidth">L of the volume.</param>
/// <param name="ByVerdict">What needs verdicts; null when the scores came without.</param>
public sealed record SeriesEvaluation(
    int Rows, int Anomalous, int Unscored, int BufferWidth, Ranking Ranking, VolumeUnderSurface Volume, VerdictEvaluation? ByVerdict)
{
    /// <param name="ticks">(N) UTC ticks of the rows, ascending.</param>
    /// <param name="rows">(N) scores and labels.</param>
    /// <param name="verdicts">(N) rows called anomalous; empty when there are no verdicts.</param>
    /// <param name="mergeGap">Anomalous rows no further apart are one alarm.</param>
    /// <exception cref="ArgumentException">Lengths that differ, or times that do not ascend.</exception>
    public static SeriesEvaluation Of(ReadOnlySpan<long> ticks, LabelledScores rows, ReadOnlySpan<bool> verdicts, int bufferWidth, TimeSpan mergeGap)
    {
        int unscored = rows.Scores.Count(double.NegativeInfinity);
        return new SeriesEvaluation(
            rows.Count, rows.Anomalous, unscored, bufferWidth, Ranking.Of(rows), VolumeUnderSurface.Of(rows, bufferWidth),
            verdicts.IsEmpty ? null : VerdictEvaluation.Of(ticks, verdicts, rows.Labels, mergeGap));
    }
}
