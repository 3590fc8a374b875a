using Detector.Worker.Contracts;
using Detector.Worker.Deciding.Maintenance;

namespace Detector.Worker.Deciding;

/// <summary>
/// Turns what is wrong with the data of one series into alerts: one for each reason, which fires with the first feature concerned, is updated when
/// another joins, and resolved when the last is well again. One thread. A function of the signals alone.
/// </summary>
internal sealed class QualityJudge(SeriesIdentity identity, AlertOptions options, AlertModel model, DecidingContext? context = null)
{
    private readonly DecidingContext _context = context ?? DecidingContext.None;
    private readonly MaintenanceWatch _maintenance = new((context ?? DecidingContext.None).Maintenance, identity.Pipeline, identity.Series);
    private readonly OpenEpisodes<QualityReason, QualityEpisode> _episodes = new();

    /// <summary>The model in service.</summary>
    public AlertModel Model { get; set; } = model;

    /// <summary>Whether something is wrong with the data at present.</summary>
    public bool HasOpen => _episodes.Any;

    public void Judge(in QualitySignal signal, IAlertReceiver alerts)
    {
        ref QualityEpisode? episode = ref _episodes[(int)signal.Reason];
        if (signal.IsOver)
        {
            if (episode is null || --episode.Open > 0)
                return;
            if (episode.Revision > 0)
                alerts.Accept(Publish(episode, signal, AlertState.Resolved));
            episode = null;
            return;
        }

        episode ??= new QualityEpisode(
            AlertId.Create(identity.Pipeline, identity.Series, signal.StartedTicks, signal.Reason, signal.Feature), signal.StartedTicks);
        episode.Open++;
        string? name = signal.Feature;
        if (name is not null && episode.Features.Count < options.MaxFeatures && !episode.Features.Exists(feature => feature.Name == name))
        {
            var feature = new AlertFeature(name, double.NaN, double.IsNaN(signal.Value) ? null : signal.Value, double.NaN, []);
            episode.Features.Add(_context.Explained(feature, identity.Series, signal.Ticks));
        }

        if (episode.Revision == 0 && _maintenance.Covers(signal.Ticks))
            alerts.Suppress(SuppressionReason.Maintenance);
        else
            alerts.Accept(Publish(episode, signal, episode.Revision == 0 ? AlertState.Firing : AlertState.Updated));
    }

    public void Save(BinaryWriter writer) => _episodes.Save(writer);

    public void Load(BinaryReader reader) => _episodes.Load(reader);

    private Alert Publish(QualityEpisode episode, in QualitySignal signal, AlertState state)
    {
        episode.Revision++;
        DateTimeOffset started = Time(episode.StartedTicks);
        return new Alert(
            episode.Id,
            state,
            episode.Revision,
            identity.Pipeline,
            identity.Series,
            Severity.Warning,
            started,
            Time(signal.Ticks),
            state == AlertState.Resolved ? Time(signal.Ticks) : null,
            double.NaN,
            double.NaN,
            double.NaN,
            new AlertPeak(started, double.NaN),
            [.. episode.Features],
            Model,
            identity.ConfigHash,
            AlertKind.Quality,
            signal.Reason);
    }

    private static DateTimeOffset Time(long ticks) => new(ticks, TimeSpan.Zero);
}
