namespace Detector.Models.Evaluation;

/// <summary>
/// Several series as one result: what depends on verdicts is counted over the rows and events of all; rankings, which are scores of different models, are
/// averaged over the series for which they are defined.
/// </summary>
public sealed class PooledEvaluation
{
    private readonly IReadOnlyList<SeriesEvaluation> _series;

    /// <param name="series">At least one.</param>
    public PooledEvaluation(IReadOnlyList<SeriesEvaluation> series)
    {
        _series = series;
        if (series.All(one => one.ByVerdict is not null))
            ByVerdict = series.Select(one => one.ByVerdict!).Aggregate((sum, one) => sum.Add(one));
    }

    /// <summary>Null when the scores of any series came without verdicts.</summary>
    public VerdictEvaluation? ByVerdict { get; }

    public int Rows => _series.Sum(one => one.Rows);

    public int Anomalous => _series.Sum(one => one.Anomalous);

    public int Unscored => _series.Sum(one => one.Unscored);

    /// <summary>The mean of a ranking's figure; NaN when no series defines it.</summary>
    public double Mean(Func<SeriesEvaluation, double> figure)
    {
        double[] defined = [.. _series.Select(figure).Where(value => !double.IsNaN(value))];
        return defined.Length == 0 ? double.NaN : defined.Average();
    }
}
