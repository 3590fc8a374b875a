using Detector.Models.Scoring;
using Detector.Models.Thresholds;
using Detector.Worker.Contracts;

namespace Detector.Worker.Deciding;

/// <summary>
/// Judges the scores of one series: threshold → verdict → episode → alerts. Owns the series' threshold and open episode; one thread.
/// A function of the scores and event times alone, so that a replay gives the same alerts.
/// </summary>
internal sealed class SeriesJudge(
    SeriesIdentity identity, AlertOptions options, AnomalyModel model, string modelVersion, IThreshold threshold)
{
    private Episode? _episode;
    private long _lastTicks;
    private double _lastScore;

    /// <summary>Threshold in force.</summary>
    public double Threshold => threshold.Value;

    /// <summary>False alarms per day that the threshold is set for.</summary>
    public double StatedPerDay => threshold.StatedPerDay;

    /// <summary>Severity of the firing episode, null when there is none.</summary>
    public Severity? Firing => _episode is { Revision: > 0 } episode ? episode.Severity : null;

    /// <summary>Judges the next sample; samples come in order of event time.</summary>
    public Verdict Judge(in Evidence evidence, IAlertReceiver alerts)
    {
        double value = threshold.Value;
        CloseIfQuiet(evidence, value, alerts);

        double pValue = threshold.PValue(evidence.Score);
        // While an episode is open even its quiet samples are suspect: the threshold does not learn from them.
        bool anomalous = threshold.Observe(evidence.Score, evidence.Ticks, suspect: _episode is not null);
        var verdict = new Verdict(anomalous, evidence.Score, value, pValue);
        if (anomalous)
            Extend(evidence, verdict, alerts);
        _lastTicks = evidence.Ticks;
        _lastScore = evidence.Score;
        return verdict;
    }

    /// <summary>The series has fallen silent: an open episode ends with its last sample, for none will come that could show it to be over.</summary>
    public void EndEpisode(IAlertReceiver alerts)
    {
        if (_episode is { Revision: > 0 } episode)
            alerts.Accept(Publish(episode, AlertState.Resolved, _lastTicks, _lastScore, threshold.Value));
        _episode = null;
    }

    private void CloseIfQuiet(in Evidence evidence, double value, IAlertReceiver alerts)
    {
        if (_episode is not { } episode || evidence.Ticks - episode.LastAnomalousTicks <= options.MergeGap.Ticks)
            return;
        if (episode.Revision > 0)
            alerts.Accept(Publish(episode, AlertState.Resolved, evidence.Ticks, evidence.Score, value));
        _episode = null;
    }

    private void Extend(in Evidence evidence, in Verdict verdict, IAlertReceiver alerts)
    {
        Episode episode = _episode ??= new Episode(evidence.Ticks);
        episode.LastAnomalousTicks = evidence.Ticks;
        if (evidence.Score > episode.PeakScore)
        {
            episode.PeakScore = evidence.Score;
            episode.PeakTicks = evidence.Ticks;
            episode.PeakPValue = verdict.PValue;
            episode.PeakFeatures = TopFeatures(evidence);
            if (verdict.PValue * options.CriticalFactor <= threshold.PValue(verdict.Threshold))
                episode.Severity = Severity.Critical;
        }

        if (episode.Revision == 0)
        {
            if (evidence.Ticks - episode.StartedTicks >= options.MinDuration.Ticks)
                alerts.Accept(Publish(episode, AlertState.Firing, evidence.Ticks, evidence.Score, verdict.Threshold));
        }
        else if (WorthUpdating(episode, evidence.Ticks))
        {
            alerts.Accept(Publish(episode, AlertState.Updated, evidence.Ticks, evidence.Score, verdict.Threshold));
        }
    }

    /// <summary>At once when the severity rises, else now and then while the peak grows by a tenth.</summary>
    private bool WorthUpdating(Episode episode, long ticks) =>
        episode.Severity > episode.PublishedSeverity ||
        (ticks - episode.PublishedTicks >= options.UpdateInterval.Ticks && episode.PeakScore > 1.1 * episode.PublishedPeak);

    private Alert Publish(Episode episode, AlertState state, long ticks, double score, double value)
    {
        episode.Revision++;
        episode.PublishedTicks = ticks;
        episode.PublishedPeak = episode.PeakScore;
        episode.PublishedSeverity = episode.Severity;
        return new Alert(
            AlertId.Create(identity.Pipeline, identity.Series, episode.StartedTicks),
            state,
            episode.Revision,
            identity.Pipeline,
            identity.Series,
            episode.Severity,
            Time(episode.StartedTicks),
            Time(ticks),
            state == AlertState.Resolved ? Time(episode.LastAnomalousTicks) : null,
            score,
            value,
            episode.PeakPValue,
            new AlertPeak(Time(episode.PeakTicks), episode.PeakScore),
            episode.PeakFeatures,
            new AlertModel(modelVersion, model.Networks),
            identity.ConfigHash);
    }

    private List<AlertFeature> TopFeatures(in Evidence evidence)
    {
        int[] order = new int[evidence.Contributions.Length];
        float[] keys = new float[order.Length];
        for (int f = 0; f < order.Length; f++)
        {
            order[f] = f;
            keys[f] = -evidence.Contributions[f];
        }

        Array.Sort(keys, order);
        var top = new List<AlertFeature>();
        foreach (int f in order.AsSpan(0, Math.Min(options.MaxFeatures, order.Length)))
        {
            // Three standard deviations either way: the band that holds nearly all of normal operation.
            double expected = model.Scaler.Inverse(f, evidence.Expected[f]);
            double low = model.Scaler.Inverse(f, evidence.Expected[f] - 3 * model.Noise[f]);
            double high = model.Scaler.Inverse(f, evidence.Expected[f] + 3 * model.Noise[f]);
            double value = evidence.Values[f];
            top.Add(new AlertFeature(
                model.Features[f], evidence.Contributions[f], double.IsNaN(value) ? null : value, expected, [low, high]));
        }

        return top;
    }

    private static DateTimeOffset Time(long ticks) => new(ticks, TimeSpan.Zero);
}
