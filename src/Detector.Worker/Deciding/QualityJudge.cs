using Detector.Worker.Contracts;

namespace Detector.Worker.Deciding;

/// <summary>
/// Turns what is wrong with the data of one series into alerts: one for each reason, which fires with the first feature concerned, is updated when
/// another joins, and resolved when the last is well again. One thread. A function of the signals alone.
/// </summary>
internal sealed class QualityJudge(SeriesIdentity identity, AlertOptions options, AlertModel model)
{
    private readonly QualityEpisode?[] _episodes = new QualityEpisode?[Enum.GetValues<QualityReason>().Length];

    public void Judge(in QualitySignal signal, IAlertReceiver alerts)
    {
        ref QualityEpisode? episode = ref _episodes[(int)signal.Reason];
        if (signal.IsOver)
        {
            if (episode is null || --episode.Open > 0)
                return;
            alerts.Accept(Publish(episode, signal, AlertState.Resolved));
            episode = null;
            return;
        }

        AlertState state = episode is null ? AlertState.Firing : AlertState.Updated;
        episode ??= new QualityEpisode(
            AlertId.Create(identity.Pipeline, identity.Series, signal.StartedTicks, signal.Reason, signal.Feature), signal.StartedTicks);
        episode.Open++;
        string? name = signal.Feature;
        if (name is not null && episode.Features.Count < options.MaxFeatures && !episode.Features.Exists(feature => feature.Name == name))
            episode.Features.Add(new AlertFeature(name, double.NaN, double.IsNaN(signal.Value) ? null : signal.Value, double.NaN, []));
        alerts.Accept(Publish(episode, signal, state));
    }

    /// <summary>Saves the open episodes.</summary>
    public void Save(BinaryWriter writer)
    {
        writer.Write(_episodes.Count(episode => episode is not null));
        for (int reason = 0; reason < _episodes.Length; reason++)
        {
            if (_episodes[reason] is not { } episode)
                continue;
            writer.Write(reason);
            writer.Write(episode.Id);
            writer.Write(episode.StartedTicks);
            writer.Write(episode.Open);
            writer.Write(episode.Revision);
            SavedFeatures.Write(writer, episode.Features);
        }
    }

    public void Load(BinaryReader reader)
    {
        Array.Clear(_episodes);
        for (int left = reader.ReadInt32(); left > 0; left--)
        {
            int reason = reader.ReadInt32();
            if (reason < 0 || reason >= _episodes.Length)
                throw new InvalidDataException($"A quality episode was saved for reason {reason}, which is not known.");
            var episode = new QualityEpisode(reader.ReadString(), reader.ReadInt64()) { Open = reader.ReadInt32(), Revision = reader.ReadInt32() };
            episode.Features.AddRange(SavedFeatures.Read(reader));
            _episodes[reason] = episode;
        }
    }

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
            model,
            identity.ConfigHash,
            AlertKind.Quality,
            signal.Reason);
    }

    private static DateTimeOffset Time(long ticks) => new(ticks, TimeSpan.Zero);
}
