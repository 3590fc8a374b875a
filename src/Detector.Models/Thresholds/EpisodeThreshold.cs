using System.Globalization;

namespace Detector.Models.Thresholds;

/// <summary>What the thresholds share: an episode model that learns from what was not flagged, around a value each chooses in its own way.</summary>
internal abstract class EpisodeThreshold : IThreshold
{
    private EpisodeModel? _episodes;

    protected EpisodeThreshold(string method, ThresholdOptions options, ThresholdState? state)
    {
        Method = method;
        Options = options;
        Value = state?.Value ?? double.PositiveInfinity;
        StatedPerDay = state?.StatedPerDay ?? options.FalseAlarms.PerDay;
        _episodes = state is null ? null : new EpisodeModel(state.Episodes, options.MaxPeaks);
    }

    public string Method { get; }

    public double Value { get; private set; }

    public double StatedPerDay { get; private set; }

    protected ThresholdOptions Options { get; }

    private EpisodeModel Episodes => _episodes ?? throw new InvalidOperationException($"The {Method} threshold was not fitted yet; call Fit first.");

    public void Fit(ReadOnlySpan<double> scores, ReadOnlySpan<long> ticks, ReadOnlySpan<int> segments = default)
    {
        var calibration = new CalibrationScores(scores, ticks, segments, Options.ClusterGap);
        _episodes = EpisodeModel.Fit(calibration, Options);
        Value = Choose(calibration, _episodes);
        StatedPerDay = Stated(_episodes, Value);
    }

    public double PValue(double score) => Episodes.PValue(score);

    public double ExpectedPerDay(double score) => Episodes.ExpectedPerDay(score);

    public bool Observe(double score, long ticks)
    {
        if (double.IsNaN(score))
            throw new ArgumentException("A score is NaN; rows that cannot be scored must not be judged.", nameof(score));
        var flagged = score > Value;
        if (Episodes.Observe(score, ticks, flagged, Value, StatedPerDay))
            Value = Follow(Value, Episodes);
        return flagged;
    }

    public string Describe() =>
        string.Create(CultureInfo.InvariantCulture, $"{Method}: {Subject()}; threshold {Value:G4}, expecting {Episodes.ExpectedPerDay(Value):G3} false alarms a day, from {Episodes.Describe()}.");

    public ThresholdState Save() => new(Method, Options, Value, StatedPerDay, Episodes.Save());

    public void Save(BinaryWriter writer)
    {
        writer.Write(Method);
        writer.Write(Value);
        writer.Write(StatedPerDay);
        Episodes.Save(writer);
    }

    public void Load(BinaryReader reader)
    {
        var method = reader.ReadString();
        if (method != Method)
            throw new InvalidDataException($"The saved threshold is '{method}', the one in service '{Method}'.");
        (Value, StatedPerDay) = (reader.ReadDouble(), reader.ReadDouble());
        Episodes.Load(reader);
    }

    /// <summary>Sets the value anew if the user now says otherwise than when it was saved; else it stays as it is, to the last bit.</summary>
    internal void FollowOptions(ThresholdOptions before)
    {
        if (SaysTheSame(before))
            return;
        Value = Rechoose(Episodes);
        StatedPerDay = Stated(Episodes, Value);
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
