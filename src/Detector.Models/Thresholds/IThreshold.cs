namespace Detector.Models.Thresholds;

/// <summary>Decides from which score on a row is anomalous. Scores are higher when more anomalous. One owner thread; deterministic: the same
/// calls give the same numbers, also across <see cref="Save()"/> and <see cref="ThresholdFactory.Restore(ThresholdState)"/>.</summary>
public interface IThreshold
{
    /// <summary>The name the configuration uses; one of <see cref="ThresholdFactory.Names"/>.</summary>
    string Method { get; }

    /// <summary>Current threshold in score units; a score above it is anomalous.</summary>
    double Value { get; }

    /// <summary>False episodes per series and day that the user asked for (<c>spot</c>, <c>dspot</c>, <c>conformal</c>) or that the fit expects (the others).</summary>
    double StatedPerDay { get; }

    /// <summary>How far the level of normal scores has gone from where it was when calibration ended, in standard deviations of the calibration scores
    /// about their level; above zero, what is normal now scores higher than what was learned from. Null for a threshold that does not follow the level
    /// (all but <c>dspot</c>), before <see cref="Fit"/>, and where calibration scores did not vary.</summary>
    double? Drift { get; }

    /// <summary>Learns from honest scores: of rows the model was not trained on. Replaces everything learned before.</summary>
    /// <param name="scores">(N) finite scores, N ≥ 1.</param>
    /// <param name="ticks">(N) UTC ticks of each score, ascending within a segment.</param>
    /// <param name="segments">(N) which series or contiguous block each row belongs to, rows of one segment together; empty = one segment.
    /// Segments are pooled: rates are per series.</param>
    /// <exception cref="ArgumentException">No scores, lengths that differ, a score that is NaN or infinite, ticks that go back.</exception>
    void Fit(ReadOnlySpan<double> scores, ReadOnlySpan<long> ticks, ReadOnlySpan<int> segments = default);

    /// <summary>Marginal probability that a normal row scores above <paramref name="score"/>, in (0, 1]: empirical below the base level, the
    /// tail above; never exactly 0.</summary>
    double PValue(double score);

    /// <summary>Expected declustered episodes per series and day above a score; constant below the base level.</summary>
    double ExpectedPerDay(double score);

    /// <summary>Judges a row by the current threshold, then learns from it, if it was not flagged.</summary>
    /// <param name="score">Not NaN; +Infinity is anomalous.</param>
    /// <param name="ticks">UTC ticks of the row. Going back counts as no time passed.</param>
    /// <param name="suspect">Whether the row lies within an episode: then it is judged, but not learned from even if it is quiet.</param>
    /// <returns>Whether the score was above <see cref="Value"/> and, after a higher one, above the share of it at which an alarm is released.</returns>
    /// <exception cref="ArgumentException">The score is NaN.</exception>
    bool Observe(double score, long ticks, bool suspect = false);

    /// <summary>What the threshold rests on, in a sentence; names the fallback that was taken, if any.</summary>
    string Describe();

    /// <summary>Everything learned, as plain values.</summary>
    ThresholdState Save();

    /// <summary>Writes what has changed since the model was put into service, for a snapshot.</summary>
    void Save(BinaryWriter writer);

    /// <summary>Takes up what was written by the same method of a threshold with the same calibration.</summary>
    /// <exception cref="InvalidDataException">It was another method or calibration.</exception>
    void Load(BinaryReader reader);
}
