using Detector.Models.Scaling;
using Detector.Worker.Learning;

namespace Detector.Worker.Pipeline;

/// <summary>
/// The model of its group on the scale of a new series: around the means of the samples that the series has collected, taken anew each time there are twice as
/// many; in the group's standard deviations, or the series' own where they are larger. Owned by the source's thread; a function of what was collected.
/// </summary>
internal sealed class ColdStart
{
    /// <summary>Samples that a first mean rests on at least.</summary>
    private const int LeastSamples = 32;

    private readonly LiveModel _group;
    private readonly int[] _places; // of the group's features among the series'
    private readonly double[] _row;

    private ColdStart(LiveModel group, int[] places)
    {
        (_group, _places, _row) = (group, places, new double[places.Length]);
        Model = group;
    }

    /// <summary>The model that scores the series.</summary>
    public LiveModel Model { get; private set; }

    /// <summary>Samples that its scale rests on.</summary>
    public int Samples { get; private set; }

    /// <returns>Null while too little was collected, and for a series that does not have the features of the group.</returns>
    public static ColdStart? TryBegin(LiveModel group, FeatureSchema schema, WarmupPool pool, int samples)
    {
        if (samples < Math.Max(LeastSamples, group.Shape.Rows) || samples > pool.Count)
            return null;
        int[] places = GroupShare.Places(schema, group.Scorer.Features);
        if (Array.IndexOf(places, -1) >= 0)
            return null;
        var cold = new ColdStart(group, places);
        cold.Fit(pool, samples);
        return cold;
    }

    /// <summary>Takes the means anew when there are twice as many samples.</summary>
    public bool TryRefit(WarmupPool pool)
    {
        if (pool.Count < 2 * Samples)
            return false;
        Fit(pool, pool.Count);
        return true;
    }

    /// <summary>A row of the series in the order of the group's features; valid until the next call.</summary>
    public ReadOnlySpan<double> Arrange(ReadOnlySpan<double> row)
    {
        for (int f = 0; f < _places.Length; f++)
            _row[f] = _places[f] < row.Length ? row[_places[f]] : double.NaN;
        return _row;
    }

    /// <summary>A collected row, likewise.</summary>
    public ReadOnlySpan<double> Arrange(WarmupPool pool, int index)
    {
        Span<double> row = new double[Math.Max(pool.Width(index), _places.Max() + 1)];
        pool.CopyRow(index, row);
        return Arrange(row);
    }

    private void Fit(WarmupPool pool, int samples)
    {
        int features = _places.Length;
        double[] rows = new double[samples * features];
        for (int i = 0; i < samples; i++)
        {
            Span<double> row = rows.AsSpan(i * features, features);
            Arrange(pool, i).CopyTo(row);
            for (int f = 0; _group.Scorer.Scaler.Season is { } season && f < features; f++)
                row[f] -= season.Of(f, pool.Ticks[i]);
        }

        FeatureMoments moments = FeatureMoments.Of(rows, features);
        FeatureScaler group = _group.Scorer.Scaler;
        var scaler = new FeatureScaler(
            group.Name,
            [.. group.Center.Zip(moments.Mean, (common, own) => common + own)],
            [.. group.Scale.Zip(moments.Deviation, (common, own) => Math.Max(common, own))],
            [.. Enumerable.Range(0, features).Where(f => moments.Count[f] == 0 || group.Unobserved.Contains(f))])
        {
            Season = group.Season,
        };
        Model = _group with { Scorer = _group.Scorer.On(scaler) };
        Samples = samples;
    }
}
