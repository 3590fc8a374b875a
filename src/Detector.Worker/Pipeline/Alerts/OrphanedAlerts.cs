using Detector.Worker.Contracts;

namespace Detector.Worker.Pipeline.Alerts;

/// <summary>
/// Alerts that were open when the service stopped. Where a series has come past their latest time without an episode that goes on, they are over: nobody
/// else would say so. Before that time it may be replaying what it had not saved, and will come to fire them again. On the deciding thread.
/// </summary>
internal sealed class OrphanedAlerts(IReadOnlyList<Alert> open)
{
    private readonly Dictionary<(string Pipeline, string Series), List<Alert>> _left =
        open.GroupBy(alert => (alert.Pipeline, alert.Series)).ToDictionary(group => group.Key, group => group.ToList());

    /// <summary>Takes note of an alert: its judge knows of it.</summary>
    public void Seen(Alert alert)
    {
        if (_left.Count > 0 && _left.TryGetValue((alert.Pipeline, alert.Series), out List<Alert>? alerts))
            alerts.RemoveAll(other => other.Id == alert.Id);
    }

    /// <summary>The resolutions that are due with a verdict, nearly always none.</summary>
    public IReadOnlyList<Alert> Resolve(SeriesState series, long ticks)
    {
        (string, string) key = (series.Pipeline.Name, series.Key);
        if (_left.Count == 0 || !_left.TryGetValue(key, out List<Alert>? alerts) || alerts.Exists(alert => ticks <= alert.UpdatedAt.UtcTicks))
            return [];
        _left.Remove(key);
        return
        [
            .. alerts.Where(alert => !IsKnown(series, alert) && !GoesOn(series, alert.Kind)).Select(alert => alert with
            {
                State = AlertState.Resolved, Revision = alert.Revision + 1, UpdatedAt = new DateTimeOffset(ticks, TimeSpan.Zero), EndedAt = alert.UpdatedAt,
            }),
        ];
    }

    /// <summary>Whether the state that the series came with is of a later time: had the alert not been over by then, it would go on.</summary>
    private static bool IsKnown(SeriesState series, Alert alert) => series.RestoredTicks >= alert.UpdatedAt.UtcTicks;

    private static bool GoesOn(SeriesState series, AlertKind kind) => kind switch
    {
        AlertKind.Quality => series.Quality is { HasOpen: true },
        AlertKind.Drift => series.Learning is { HasOpen: true },
        _ => series.Judge?.Firing is not null,
    };
}
