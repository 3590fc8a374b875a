using Detector.Models.Scoring;
using Detector.Models.Thresholds;
using Detector.Worker.Contracts;

namespace Detector.Worker.Deciding;

/// <summary>
/// Judges the scores of one series: threshold → verdict → episode → alerts. Owns the series' threshold and the life of its alerts; one thread.
/// A function of the scores, event times, maintenance and feedback alone, so that a replay gives the same alerts.
/// </summary>
internal sealed class SeriesJudge
{
    private readonly IThreshold _threshold;
    private readonly AlertOptions _options;
    private readonly FeatureGuards? _guards;
    private readonly AlertLife _life;
    private long _lastTicks;
    private double _lastScore;

    public SeriesJudge(
        SeriesIdentity identity, AlertOptions options, AnomalyModel model, string modelVersion, IThreshold threshold, DecidingContext? context = null)
        : this(identity, options, model, new AlertModel(modelVersion, model.Networks), threshold, context)
    {
    }

    public SeriesJudge(
        SeriesIdentity identity, AlertOptions options, AnomalyModel model, AlertModel named, IThreshold threshold, DecidingContext? context = null)
    {
        _threshold = threshold;
        _options = options;
        _guards = FeatureGuards.Create(options.Features, model.Features, model.Scaler);
        context ??= DecidingContext.None;
        var composer = new AlertComposer(identity, options, model, named, _guards, context);
        _life = new AlertLife(identity, options, model.Features, composer, context);
    }

    /// <summary>Threshold in force.</summary>
    public double Threshold => _threshold.Value;

    /// <summary>What the threshold has come to, as plain values.</summary>
    public ThresholdState ThresholdState => _threshold.Save();

    /// <summary>False alarms per day that the threshold is set for.</summary>
    public double StatedPerDay => _threshold.StatedPerDay;

    /// <summary>How far normal scores have gone from where they were at calibration, in their standard deviations; null where the threshold does not follow them.</summary>
    public double? Drift => _threshold.Drift;

    /// <summary>Normal episodes to be expected a day above a score.</summary>
    public double ExpectedPerDay(double score) => _threshold.ExpectedPerDay(score);

    /// <summary>Severity of the firing episode, null when there is none.</summary>
    public Severity? Firing => _life.Firing;

    /// <summary>Whether an episode is open, fired or not.</summary>
    public bool IsOpen => _life.IsOpen;

    /// <summary>Judges the next sample; samples come in order of event time.</summary>
    public Verdict Judge(in Evidence evidence, IAlertReceiver alerts)
    {
        int broken = -1;
        double value = _threshold.Value;
        double score = _guards is null ? evidence.Score : _guards.Apply(evidence, out broken);
        _life.CloseIfQuiet(evidence.Ticks, score, value, alerts);

        double pValue = _threshold.PValue(score);
        // While an episode is open, or the series under maintenance, even its quiet samples are suspect: the threshold does not learn from them.
        bool anomalous = _threshold.Observe(score, evidence.Ticks, suspect: _life.IsOpen || _life.IsUnderMaintenance(evidence.Ticks));
        anomalous |= _life.IsOpen && score <= value && score > value - _options.Hysteresis * Math.Abs(value);
        anomalous |= broken >= 0 || _life.IsConfirmedSooner(evidence, score, value);
        var verdict = new Verdict(anomalous, score, value, pValue);
        if (anomalous)
        {
            double atThreshold = _threshold.PValue(value);
            Severity severity = broken >= 0 || pValue * _options.CriticalFactor <= atThreshold ? Severity.Critical
                : pValue * _options.WarningFactor <= atThreshold ? Severity.Warning
                : Severity.Info;
            _life.Extend(evidence, verdict, severity, alerts);
        }

        _lastTicks = evidence.Ticks;
        _lastScore = score;
        return verdict;
    }

    /// <summary>The series has fallen silent: an open episode ends with its last sample, for none will come that could show it to be over.</summary>
    public void EndEpisode(IAlertReceiver alerts) => _life.End(_lastTicks, _lastScore, _threshold.Value, alerts);

    /// <summary>Saves the threshold, the latest score and the life of the alerts.</summary>
    public void Save(BinaryWriter writer)
    {
        _threshold.Save(writer);
        writer.Write(_lastTicks);
        writer.Write(_lastScore);
        _life.Save(writer);
    }

    /// <summary>Reads what <see cref="Save"/> wrote.</summary>
    /// <exception cref="InvalidDataException">It was saved of another threshold.</exception>
    public void Load(BinaryReader reader)
    {
        _threshold.Load(reader);
        _lastTicks = reader.ReadInt64();
        _lastScore = reader.ReadDouble();
        _life.Load(reader);
    }
}
