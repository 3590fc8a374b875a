using System.Globalization;
using Detector.Models.Statistics;

namespace Detector.Models.Thresholds;

/// <summary>How often clusters of high scores come in normal operation. Peaks over threshold on declustered peaks: Siffer et al., "Anomaly Detection
/// in Streams with Extreme Value Theory" (KDD 2017); Ferro and Segers, "Inference for clusters of extreme values" (2003) for why to decluster.</summary>
internal sealed partial class EpisodeModel
{
    private readonly EpisodeState _calibrated; // what does not change while running
    private readonly int _maxPeaks;

    public EpisodeModel(EpisodeState state, int maxPeaks)
    {
        _calibrated = state;
        _maxPeaks = maxPeaks;
        _tail = state.Tail;
        _clock = state.Clock;
        _windowStart = state.WindowStart;
        _fittedAt = state.FittedAt;
        _normal = state.NormalClusters;
        _lastTicks = state.LastTicks;
        _open = state.Open;
        _peaks = [.. state.Peaks];
        _peakClocks = [.. state.PeakClocks];
        _flaggedPeaks = [.. state.FlaggedPeaks];
        _flaggedClocks = [.. state.FlaggedClocks];
    }

    public static EpisodeModel Fit(CalibrationScores scores, ThresholdOptions options)
    {
        var chosen = Calibration.Choose(scores, options.BaseQuantile);
        var level = Quantiles.OfSorted(scores.Sorted, chosen.BaseQuantile);
        var fits = chosen.Fallback != Calibration.Sparse;
        var limit = fits ? Clusters.PlausibleUpTo(Quantiles.Sorted([.. chosen.Clusters.Peaks]), level) : double.PositiveInfinity;
        var normal = chosen.Clusters.UpTo(limit);
        double[] exceedances = [.. scores.Sorted.Where(score => score > level && score <= limit).Select(score => score - level)];
        var sparse = SparseTail.Fit(scores.Sorted, scores.AutocorrelationTime, scores.RowsPerDay);
        var state = new EpisodeState
        {
            Marginal = MarginalDistribution.Fit(
                scores.Sorted, chosen.BaseQuantile, fits ? PeakTail.Fit(exceedances, normal.Peaks.Count, sparse.Mean) : null),
            Sparse = sparse,
            Moments = ScoreMoments.Of(scores.Sorted),
            GapTicks = chosen.GapTicks,
            Fallback = chosen.Fallback,
            CalibrationRows = scores.Count,
            SetAside = chosen.Clusters.Peaks.Count - normal.Peaks.Count,
            Clock = scores.Clock[^1],
            CalibrationEnd = scores.Clock[^1],
            WindowStart = 0,
            FittedAt = scores.Clock[^1],
            Peaks = [.. normal.Peaks],
            PeakClocks = [.. normal.Ends],
            FlaggedPeaks = [],
            FlaggedClocks = [],
        };

        var model = new EpisodeModel(state, options.MaxPeaks);
        model.Forget();
        if (fits)
            model.FitTail(threshold: 0, statedPerDay: 0);
        return model;
    }

    /// <summary>Base level in score units.</summary>
    public double Base => _calibrated.Marginal.Base;

    /// <summary>Where the calibration scores lie and how far they spread.</summary>
    public ScoreMoments Moments => _calibrated.Moments;

    /// <summary>Independent rows in a day of observation.</summary>
    public double IndependentPerDay => _calibrated.Sparse.IndependentPerDay;

    /// <summary>Peaks of the clusters that are learned from, score units.</summary>
    public IReadOnlyList<double> Peaks => _peaks;

    /// <summary>P(normal row &gt; score), in (0, 1], as calibrated.</summary>
    public double PValue(double score) => _calibrated.Marginal.PValue(score, _calibrated.Sparse);

    /// <summary>The score that a normal row exceeds with this probability, as calibrated.</summary>
    public double ScoreAt(double pValue) => _calibrated.Marginal.ScoreAt(pValue, _calibrated.Sparse);

    /// <summary>Declustered normal episodes per day above a score.</summary>
    public double ExpectedPerDay(double score)
    {
        if (double.IsNaN(score))
            throw new ArgumentException("A rate was asked for a score that is NaN.", nameof(score));
        return _tail is { } tail
            ? ClustersPerDay * tail.Survival(score - Base)
            : _calibrated.Sparse.IndependentPerDay * _calibrated.Sparse.Survival(Math.Max(score, Base));
    }

    /// <summary>The score that normal episodes exceed at this rate per day; at least the base level.</summary>
    public double LevelFor(double perDay)
    {
        if (_tail is not { } tail)
            return Math.Max(Base, _calibrated.Sparse.InverseSurvival(perDay / _calibrated.Sparse.IndependentPerDay));
        var share = perDay / ClustersPerDay;
        return share >= 1 ? Base : Base + tail.InverseSurvival(share);
    }

    /// <summary>What the model rests on, as the rest of a sentence.</summary>
    public string Describe()
    {
        var marginal = _calibrated.Marginal;
        var sparse = _calibrated.Sparse;
        var basis = _tail is { } tail
            ? string.Create(CultureInfo.InvariantCulture,
                $"{_peaks.Count} clusters over the {marginal.BaseQuantile} quantile in {ObservedDays:0.##} observed days, tail shape {tail.Near.Shape:0.00}")
            : string.Create(CultureInfo.InvariantCulture,
                $"the spread of the scores of {_calibrated.CalibrationRows} rows ({sparse.IndependentRows:0} independent)");
        if (_calibrated.SetAside > 0)
            basis += string.Create(CultureInfo.InvariantCulture, $"; {_calibrated.SetAside} calibration clusters too high to be normal were set aside");
        return basis + _calibrated.Fallback switch
        {
            Calibration.OtherQuantile => "; not the stated base quantile, where clusters were too few or had grown together",
            Calibration.ShorterGap =>
                $"; clusters told apart by {new TimeSpan(_calibrated.GapTicks).ToString("c", CultureInfo.InvariantCulture)}, because the stated gap left too few",
            Calibration.Sparse when _tail is null => "; a fallback, because rows or clusters were too few for a tail: expect a rough threshold",
            Calibration.Sparse => "; rows or clusters were too few at calibration, the tail was learned since",
            _ => "",
        };
    }

    public EpisodeState Save() => _calibrated with
    {
        Tail = _tail,
        Clock = _clock,
        WindowStart = _windowStart,
        FittedAt = _fittedAt,
        NormalClusters = _normal,
        LastTicks = _lastTicks,
        Open = _open,
        Peaks = [.. _peaks],
        PeakClocks = [.. _peakClocks],
        FlaggedPeaks = [.. _flaggedPeaks],
        FlaggedClocks = [.. _flaggedClocks],
    };
}
