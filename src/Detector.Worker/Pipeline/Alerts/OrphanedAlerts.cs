using Detector.Worker.Contracts;

namespace Detector.Worker.Pipeline.Alerts;

/// <summary>
/// Alerts that were open when the service stopped. Where the series' first verdict finds no episode that goes on, they are over: nobody else would say so.
/// On the deciding thread.
/// </summary>
internal sealed class OrphanedAlerts(IReadOnlyList<Alert> open)
{
    private readonly Dictionary<(string Pipeline, string Series), Alert[]> _left =
        open.GroupBy(alert => (alert.Pipeline, alert.Series)).ToDictionary(group => group.Key, group => group.ToArray());

    /// <summary>The resolutions that are due with a verdict, nearly always none.</summary>
    public IReadOnlyList<Alert> Resolve(SeriesState series, long ticks)
    {
        if (_left.Count == 0 || !_left.Remove((series.Pipeline.Name, series.Key), out Alert[]? alerts))
            return [];
        bool goesOn = series.Judge?.Firing is not null;
        return
        [
            .. alerts.Where(alert => alert.Kind == AlertKind.Quality || !goesOn).Select(alert => alert with
            {
                State = AlertState.Resolved, Revision = alert.Revision + 1, UpdatedAt = new DateTimeOffset(ticks, TimeSpan.Zero), EndedAt = alert.UpdatedAt,
            }),
        ];
    }
}
