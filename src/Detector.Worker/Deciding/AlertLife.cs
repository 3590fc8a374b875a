using Detector.Worker.Contracts;
using Detector.Worker.Deciding.Feedback;
using Detector.Worker.Deciding.Maintenance;

namespace Detector.Worker.Deciding;

/// <summary>
/// The life of a series' alerts: an episode opens, fires once it lasts, is updated as it grows, and is resolved after a quiet time. While it is
/// suppressed it lives on untold; what still goes on when the suppression ends is an episode that begins then. One thread.
/// </summary>
internal sealed class AlertLife
{
    private readonly AlertOptions _options;
    private readonly AlertComposer _composer;
    private readonly MaintenanceWatch _maintenance;
    private readonly FeedbackWatch _feedback;
    private readonly Excuse _excuse;
    private readonly Excuse _known;
    private readonly Direction _direction;
    private readonly int _features;
    private Episode? _episode;

    public AlertLife(SeriesIdentity identity, AlertOptions options, IReadOnlyList<string> features, AlertComposer composer, DecidingContext context)
    {
        _options = options;
        _composer = composer;
        _maintenance = new MaintenanceWatch(context.Maintenance, identity.Pipeline, identity.Series);
        _feedback = new FeedbackWatch(context.Feedback, identity.Pipeline, identity.Series, features, (float)options.Similarity);
        _excuse = new Excuse(_feedback, waits: true);
        _known = new Excuse(context.Known, waits: false);
        _direction = new Direction(features.Count);
        _features = features.Count;
    }

    public bool IsOpen => _episode is not null;

    /// <summary>Severity of the firing episode, null when there is none.</summary>
    public Severity? Firing => _episode is { Revision: > 0 } episode ? episode.Severity : null;

    public bool IsUnderMaintenance(long ticks) => _maintenance.Covers(ticks);

    /// <summary>Whether a score just below the threshold is the beginning of something that was confirmed before.</summary>
    public bool IsConfirmedSooner(in Evidence evidence, double score, double threshold)
    {
        if (score > threshold || score <= threshold * FeedbackWatch.Sooner || !_feedback.HasConfirmed)
            return false;
        var direction = new Direction(_features);
        direction.Add(evidence);
        return _feedback.IsConfirmed(direction.Unit);
    }

    /// <summary>Resolves the episode once it has been quiet for the merge gap.</summary>
    public void CloseIfQuiet(long ticks, double score, double threshold, IAlertReceiver alerts)
    {
        if (_episode is { } episode && ticks - episode.LastAnomalousTicks > _options.MergeGap.Ticks)
            End(ticks, score, threshold, alerts);
    }

    /// <summary>Ends the episode, if there is one.</summary>
    public void End(long ticks, double score, double threshold, IAlertReceiver alerts)
    {
        if (_episode is { Revision: > 0 } episode)
            alerts.Accept(Publish(episode, AlertState.Resolved, ticks, score, threshold));
        _episode = null;
    }

    /// <summary>Takes an anomalous sample.</summary>
    public void Extend(in Evidence evidence, in Verdict verdict, Severity severity, IAlertReceiver alerts)
    {
        if (_episode is null)
        {
            _direction.Reset();
            _excuse.Begin();
            _known.Begin();
        }

        _direction.Add(evidence);
        long lasting = _episode is null ? 0 : evidence.Ticks - _episode.StartedTicks;
        bool isExcused = _excuse.Take(_direction.Unit, verdict.Score, lasting), isKnown = _known.Take(_direction.Unit, verdict.Score, lasting);
        SuppressionReason? suppressed = _maintenance.Covers(evidence.Ticks) ? SuppressionReason.Maintenance
            : isExcused ? SuppressionReason.Feedback
            // What was told goes on, though a question is asked about it meanwhile.
            : isKnown && _episode is not { Revision: > 0 } ? SuppressionReason.Known
            : null;
        if (_episode is { Revision: > 0 } && suppressed is not null)
            End(evidence.Ticks, verdict.Score, verdict.Threshold, alerts);
        // What was told to be suppressed is over; what only was waited for goes on.
        if (suppressed is null && (_episode is { Suppressed: SuppressionReason.Maintenance } or { Suppressed: not null, SuppressionTold: true }))
            _episode = null;

        Episode episode = _episode ??= new Episode(evidence.Ticks);
        episode.Suppressed = suppressed;
        episode.LastAnomalousTicks = evidence.Ticks;
        episode.Note(_direction.Unit);
        if (severity > episode.Severity)
            episode.Severity = severity;
        if (verdict.Score > episode.PeakScore)
        {
            episode.PeakScore = verdict.Score;
            episode.PeakTicks = evidence.Ticks;
            episode.PeakPValue = verdict.PValue;
            episode.PeakFeatures = _composer.TopFeatures(evidence);
        }

        Tell(episode, evidence.Ticks, verdict, alerts);
    }

    private void Tell(Episode episode, long ticks, in Verdict verdict, IAlertReceiver alerts)
    {
        bool lasts = ticks - episode.StartedTicks >= _options.MinDuration.Ticks;
        if (episode.Suppressed is { } reason)
        {
            if (!lasts || episode.SuppressionTold || (reason == SuppressionReason.Feedback && !_excuse.IsLike))
                return;
            alerts.Suppress(reason);
            episode.SuppressionTold = true;
        }
        else if (episode.Revision == 0)
        {
            if (!lasts)
                return;
            alerts.Accept(Publish(episode, AlertState.Firing, ticks, verdict.Score, verdict.Threshold));
        }
        else if (WorthUpdating(episode, ticks))
        {
            alerts.Accept(Publish(episode, AlertState.Updated, ticks, verdict.Score, verdict.Threshold));
        }
    }

    /// <summary>At once when the severity rises, now and then while the peak grows by a tenth, and again after the repeat interval.</summary>
    private bool WorthUpdating(Episode episode, long ticks) =>
        episode.Severity > episode.PublishedSeverity
        || (ticks - episode.PublishedTicks >= _options.UpdateInterval.Ticks && episode.PeakScore > 1.1 * episode.PublishedPeak)
        || (_options.RepeatInterval > TimeSpan.Zero && ticks - episode.PublishedTicks >= _options.RepeatInterval.Ticks);

    private Alert Publish(Episode episode, AlertState state, long ticks, double score, double threshold)
    {
        episode.Revision++;
        episode.PublishedTicks = ticks;
        episode.PublishedPeak = episode.PeakScore;
        episode.PublishedSeverity = episode.Severity;
        return _composer.Compose(episode, state, ticks, score, threshold);
    }

    public void Save(BinaryWriter writer)
    {
        _direction.Save(writer);
        _excuse.Save(writer);
        _known.Save(writer);
        writer.Write(_episode is not null);
        _episode?.Save(writer);
    }

    public void Load(BinaryReader reader)
    {
        _direction.Load(reader);
        _excuse.Load(reader);
        _known.Load(reader);
        _episode = reader.ReadBoolean() ? Episode.Load(reader) : null;
    }
}
