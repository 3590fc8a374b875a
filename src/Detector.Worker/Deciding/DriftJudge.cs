using Detector.Worker.Contracts;
using Detector.Worker.Deciding.Maintenance;

namespace Detector.Worker.Deciding;

/// <summary>
/// Turns what reviews find of one series' drift into alerts: one for each reason, which fires with the first review that finds it, is updated when the shift
/// of a level has grown by half or more features come or go, and resolved when it is answered or no review finds it any more. One thread. A function of the reviews alone.
/// </summary>
internal sealed class DriftJudge(SeriesIdentity identity, AlertModel model, DecidingContext context)
{
    /// <summary>Reviews in a row without it after which a drift is over: statistics near their limit come and go.</summary>
    private const int QuietReviews = 6;

    private const double WorthTelling = 1.5;
    private readonly MaintenanceWatch _maintenance = new(context.Maintenance, identity.Pipeline, identity.Series);
    private readonly OpenEpisodes<DriftReason, DriftEpisode> _episodes = new();

    /// <summary>The model in service.</summary>
    public AlertModel Model { get; set; } = model;

    public bool HasOpen => _episodes.Any;

    /// <summary>Id of the open alert of a reason; null when there is none.</summary>
    public string? OpenId(DriftReason reason) => _episodes[(int)reason]?.Id;

    /// <param name="found">What the review found.</param>
    /// <param name="answered">Reasons whose question is answered.</param>
    public void Judge(long ticks, IReadOnlyList<DriftSignal> found, IReadOnlyCollection<DriftReason> answered, IAlertReceiver alerts)
    {
        for (int reason = 0; reason < _episodes.Count; reason++)
        {
            DriftSignal? signal = null;
            foreach (DriftSignal candidate in found)
            {
                if ((int)candidate.Reason == reason && signal is null)
                    signal = candidate;
            }

            bool isOver = answered.Contains((DriftReason)reason);
            ref DriftEpisode? episode = ref _episodes[reason];
            if (signal is { } present && !isOver)
                Tell(ref episode, ticks, present, alerts);
            else if (episode is not null && (isOver || ++episode.Quiet >= QuietReviews))
                End(ref episode, ticks, alerts);
        }
    }

    public void Save(BinaryWriter writer) => _episodes.Save(writer);

    public void Load(BinaryReader reader) => _episodes.Load(reader);

    private void Tell(ref DriftEpisode? episode, long ticks, in DriftSignal signal, IAlertReceiver alerts)
    {
        if (episode is null)
        {
            episode = new DriftEpisode(AlertId.Create(identity.Pipeline, identity.Series, ticks, signal.Reason), ticks) { Signal = signal };
            if (_maintenance.Covers(ticks))
                alerts.Suppress(SuppressionReason.Maintenance);
            else
                alerts.Accept(Publish(episode, AlertState.Firing, ticks));
            return;
        }

        episode.Quiet = 0;
        if (episode.Revision == 0 || !IsMore(signal, episode.Signal))
            return;
        episode.Signal = signal;
        alerts.Accept(Publish(episode, AlertState.Updated, ticks));
    }

    /// <summary>Whether a question is worth another word: it has grown by half, or concerns more features.</summary>
    private static bool IsMore(in DriftSignal signal, in DriftSignal told) => signal.Reason switch
    {
        DriftReason.Level => Math.Abs(signal.Value) >= WorthTelling * Math.Abs(told.Value),
        DriftReason.Shape => signal.Value > told.Value,
        _ => false,
    };

    private void End(ref DriftEpisode? episode, long ticks, IAlertReceiver alerts)
    {
        if (episode!.Revision > 0)
            alerts.Accept(Publish(episode, AlertState.Resolved, ticks));
        episode = null;
    }

    private Alert Publish(DriftEpisode episode, AlertState state, long ticks)
    {
        episode.Revision++;
        DateTimeOffset started = new(episode.StartedTicks, TimeSpan.Zero), now = new(ticks, TimeSpan.Zero);
        return new Alert(
            episode.Id,
            state,
            episode.Revision,
            identity.Pipeline,
            identity.Series,
            episode.Signal.Reason is DriftReason.Level or DriftReason.Recurrence ? Severity.Warning : Severity.Info,
            started,
            now,
            state == AlertState.Resolved ? now : null,
            double.NaN,
            double.NaN,
            double.NaN,
            new AlertPeak(started, double.NaN),
            episode.Signal.Feature is { } feature ? [new AlertFeature(feature, double.NaN, null, double.NaN, [])] : [],
            Model,
            identity.ConfigHash,
            AlertKind.Drift)
        {
            Drift = episode.Signal.Reason,
            Message = episode.Signal.Message,
            Pattern = new AlertPattern([], [], 0), // it can be marked, and looks like nothing else
        };
    }
}
