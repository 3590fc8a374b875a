namespace Detector.Models.Evaluation;

/// <summary>The metrics of one series, or of several pooled, that depend on what was called anomalous.</summary>
/// <param name="Adjusted">Rows after point adjustment.</param>
/// <param name="AdjustedAtRandom">The same if as many rows were called anomalous at random, one outcome for each seed.</param>
public sealed record VerdictEvaluation(
    Confusion Rows, EventOutcomes Events, Affiliation Affiliation, Confusion Adjusted, IReadOnlyList<Confusion> AdjustedAtRandom)
{
    /// <summary>F1 after point adjustment. Inflated: see <see cref="PointAdjustment"/>.</summary>
    public double AdjustedF1 => Adjusted.F1;

    /// <summary>Mean of what chance gets for <see cref="AdjustedF1"/>.</summary>
    public double AdjustedF1AtRandom => AdjustedAtRandom.Average(rows => rows.F1);

    /// <inheritdoc cref="EventOutcomes.Of"/>
    public static VerdictEvaluation Of(ReadOnlySpan<long> ticks, ReadOnlySpan<bool> verdicts, ReadOnlySpan<bool> labels, TimeSpan mergeGap) => new(
        Confusion.Of(verdicts, labels),
        EventOutcomes.Of(ticks, verdicts, labels, mergeGap),
        Affiliation.Of(verdicts, labels),
        PointAdjustment.Adjusted(verdicts, labels),
        PointAdjustment.AtRandom(verdicts.Count(true), labels));

    /// <summary>Both together: rows, events and zones of several series pooled.</summary>
    public VerdictEvaluation Add(VerdictEvaluation other) => new(
        Rows + other.Rows,
        Events.Add(other.Events),
        Affiliation.Add(other.Affiliation),
        Adjusted + other.Adjusted,
        [.. AdjustedAtRandom.Zip(other.AdjustedAtRandom, (left, right) => left + right)]);
}
