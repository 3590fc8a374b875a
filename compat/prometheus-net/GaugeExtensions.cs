namespace Prometheus;

/// <summary>Gauges that hold a point in time, as seconds since 1970 UTC, or the work in progress.</summary>
public static class GaugeExtensions
{
    public static void SetToCurrentTimeUtc(this IGauge gauge) => gauge.Set(UnixTime.Now);

    public static void SetToTimeUtc(this IGauge gauge, DateTimeOffset timestamp) => gauge.Set(UnixTime.Seconds(timestamp));

    public static void IncToCurrentTimeUtc(this IGauge gauge) => gauge.IncTo(UnixTime.Now);

    public static void IncToTimeUtc(this IGauge gauge, DateTimeOffset timestamp) => gauge.IncTo(UnixTime.Seconds(timestamp));

    /// <summary>Counts one up now and one down when the result is disposed of.</summary>
    public static IDisposable TrackInProgress(this IGauge gauge)
    {
        ArgumentNullException.ThrowIfNull(gauge);
        gauge.Inc();
        return new InProgress(gauge);
    }

    private sealed class InProgress(IGauge gauge) : IDisposable
    {
        private IGauge? _gauge = gauge;

        public void Dispose() => Interlocked.Exchange(ref _gauge, null)?.Dec();
    }
}
