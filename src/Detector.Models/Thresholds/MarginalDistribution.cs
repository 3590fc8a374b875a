using Detector.Models.Statistics;

namespace Detector.Models.Thresholds;

/// <summary>Distribution of a single normal row's score: a sketch of quantiles up to the base level, a tail above.</summary>
/// <param name="BaseQuantile">Share of rows at or below the base level.</param>
/// <param name="Body">Quantiles at evenly spaced probabilities 0 … <paramref name="BaseQuantile"/>, ascending; the last is the base level.</param>
/// <param name="Tail">Tail of all exceedances (not only peaks); null = the one for few clusters.</param>
public sealed record MarginalDistribution(double BaseQuantile, double[] Body, PeakTail? Tail = null)
{
    private const int Points = 129;
    private const double Least = 1e-300; // "never exactly 0", and still a plain number in JSON

    public static MarginalDistribution Fit(ReadOnlySpan<double> sorted, double baseQuantile, PeakTail? tail)
    {
        var body = new double[Points];
        for (var i = 0; i < Points; i++)
            body[i] = Quantiles.OfSorted(sorted, baseQuantile * i / (Points - 1));
        return new MarginalDistribution(baseQuantile, body, tail);
    }

    /// <summary>The base level in score units.</summary>
    internal double Base => Body[^1];

    /// <summary>P(row &gt; score), in (0, 1].</summary>
    public double PValue(double score, SparseTail sparse)
    {
        if (double.IsNaN(score))
            throw new ArgumentException("A p-value was asked for a score that is NaN; rows that cannot be scored must not be judged.", nameof(score));
        if (score < Body[0])
            return 1;
        var exceeding = 1 - BaseQuantile;
        if (score > Base)
            return Math.Max(Least, Tail is { } tail ? exceeding * tail.Survival(score - Base) : Math.Min(exceeding, sparse.Survival(score)));

        var above = Array.BinarySearch(Body, score);
        var index = above >= 0 ? above : ~above - 1;
        var fraction = index + 1 < Body.Length && Body[index + 1] > Body[index] ? (score - Body[index]) / (Body[index + 1] - Body[index]) : 0;
        return 1 - BaseQuantile * Math.Min(1, (index + fraction) / (Points - 1));
    }

    /// <summary>The score whose <see cref="PValue"/> this is: its inverse.</summary>
    /// <param name="pValue">In (0, 1).</param>
    /// <param name="sparse">Tail where there are too few clusters.</param>
    internal double ScoreAt(double pValue, SparseTail sparse)
    {
        var exceeding = 1 - BaseQuantile;
        if (pValue < exceeding)
            return Tail is { } tail ? Base + tail.InverseSurvival(pValue / exceeding) : Math.Max(Base, sparse.InverseSurvival(pValue));
        var position = (1 - pValue) / BaseQuantile * (Points - 1);
        var index = (int)Math.Clamp(position, 0, Points - 2);
        return Body[index] + Math.Clamp(position - index, 0, 1) * (Body[index + 1] - Body[index]);
    }
}
