using System.Globalization;

namespace Detector.Models.Thresholds;

/// <summary>What the thresholds share: an episode model that learns from what was not flagged, around a value each chooses in its own way.</summary>
internal abstract class EpisodeThreshold : IThreshold
{
    private const double FadeGaps = 5; // cluster gaps after which a peak has faded to a third

    private readonly ScoreDrift? _drift;
    private EpisodeModel? _episodes;
    private double _level; // the threshold, above where the drift is
    private ReleaseState _release;

    protected EpisodeThreshold(string method, ThresholdOptions options, ThresholdState? state, bool follows = false)
    {
        Method = method;
        Options = options;
        StatedPerDay = state?.StatedPerDay ?? options.FalseAlarms.PerDay;
        _episodes = state is null ? null : new EpisodeModel(state.Episodes, options.MaxPeaks);
        _release = state?.Release ?? default;
        _drift = follows ? new ScoreDrift(options.DriftMemory, options.NewNormal) : null;
        if (state?.Drift is { } drift)
            _drift?.Load(drift, state.CalibratedLevel ?? drift.Level);
        _level = state is null ? double.PositiveInfinity : _drift is null ? state.Value : state.Above;
    }

    public string Method { get; }

    public double Value => _level + Offset;

    public double StatedPerDay { get; private set; }

    public double? Drift => _drift is { } drift && _episodes?.Moments.Deviation is > 0 and var deviation ? (drift.Level - drift.Calibrated) / deviation : null;

    protected ThresholdOptions Options { get; }

    /// <summary>Where normal scores are at present, against where they were at calibration.</summary>
    private double Offset => _drift?.Level ?? 0;

    private EpisodeModel Episodes => _episodes ?? throw new InvalidOperationException($"The {Method} threshold was not fitted yet; call Fit first.");

    public void Fit(ReadOnlySpan<double> scores, ReadOnlySpan<long> ticks, ReadOnlySpan<int> segments = default)
    {
        var calibration = new CalibrationScores(_drift is null ? scores : _drift.Differences(scores, ticks, segments), ticks, segments, Options.ClusterGap);
        _episodes = EpisodeModel.Fit(calibration, Options);
        _release = default;
        _level = Choose(calibration, _episodes);
        StatedPerDay = Stated(_episodes, _level);
    }

    public double PValue(double score) => Episodes.PValue(score - Offset);

    public double ExpectedPerDay(double score) => Episodes.ExpectedPerDay(score - Offset);

    public bool Observe(double score, long ticks, bool suspect = false)
    {
        if (double.IsNaN(score))
            throw new ArgumentException("A score is NaN; rows that cannot be scored must not be judged.", nameof(score));
        var relative = score - Offset;
        var flagged = relative > Math.Max(_level, ReleaseLevel(ticks));
        if (flagged)
            _release = new ReleaseState(Math.Max(relative, FadedPeak(ticks)), ticks);
        _drift?.Observe(score, ticks, relative > _level, suspect);
        if (!suspect && Episodes.Observe(relative, ticks, flagged, _level, StatedPerDay))
            _level = Follow(_level, Episodes);
        return flagged;
    }

    public string Describe() =>
        string.Create(CultureInfo.InvariantCulture, $"{Method}: {Subject()}; threshold {Value:G4}, expecting {Episodes.ExpectedPerDay(_level):G3} false alarms a day, from {Episodes.Describe()}.");

    public ThresholdState Save() => new(Method, Options, Value, StatedPerDay, Episodes.Save())
    {
        Drift = _drift?.Save(), CalibratedLevel = _drift?.Calibrated, Above = _level, Release = _release,
    };

    /// <summary>After a big peak an alarm goes on only while scores stay above a share of it.</summary>
    private double ReleaseLevel(long ticks)
    {
        double usual = Episodes.Moments.Median;
        return Options.Release > 0 && _release.Ticks > 0 ? usual + Options.Release * (FadedPeak(ticks) - usual) : double.NegativeInfinity;
    }

    private double FadedPeak(long ticks)
    {
        double usual = Episodes.Moments.Median;
        return _release.Ticks == 0 ? usual : usual + (_release.Peak - usual) * Math.Exp(-Math.Max(0.0, ticks - _release.Ticks) / (FadeGaps * Options.ClusterGap.Ticks));
    }

    public void Save(BinaryWriter writer)
    {
        writer.Write(Method);
        writer.Write(_level);
        writer.Write(StatedPerDay);
        writer.Write(_release.Peak);
        writer.Write(_release.Ticks);
        _drift?.Save(writer);
        Episodes.Save(writer);
    }

    public void Load(BinaryReader reader)
    {
        var method = reader.ReadString();
        if (method != Method)
            throw new InvalidDataException($"The saved threshold is '{method}', the one in service '{Method}'.");
        (_level, StatedPerDay) = (reader.ReadDouble(), reader.ReadDouble());
        _release = new ReleaseState(reader.ReadDouble(), reader.ReadInt64());
        _drift?.Load(reader);
        Episodes.Load(reader);
    }

    /// <summary>Sets the value anew if the user now says otherwise than when it was saved; else it stays as it is, to the last bit.</summary>
    internal void FollowOptions(ThresholdOptions before)
    {
        if (SaysTheSame(before))
            return;
        _level = Rechoose(Episodes);
        StatedPerDay = Stated(Episodes, _level);
    }

    /// <summary>Whether what the user says of this method has not changed.</summary>
    protected abstract bool SaysTheSame(ThresholdOptions before);

    /// <summary>The threshold for the options in force, from what was learned, without the calibration scores.</summary>
    protected abstract double Rechoose(EpisodeModel episodes);

    /// <summary>The threshold after a fit.</summary>
    protected abstract double Choose(CalibrationScores scores, EpisodeModel episodes);

    /// <summary>The rate that goes with it.</summary>
    protected virtual double Stated(EpisodeModel episodes, double value) => episodes.ExpectedPerDay(value);

    /// <summary>The threshold after the episode model has learned.</summary>
    protected virtual double Follow(double value, EpisodeModel episodes) => value;

    /// <summary>What was asked for, in a few words.</summary>
    protected abstract string Subject();
}
