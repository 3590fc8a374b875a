namespace Prometheus;

/// <summary>Counters that hold a point in time, as seconds since 1970 UTC.</summary>
public static class CounterExtensions
{
    public static void IncToCurrentTimeUtc(this ICounter counter) => counter.IncTo(UnixTime.Now);

    public static void IncToTimeUtc(this ICounter counter, DateTimeOffset timestamp) => counter.IncTo(UnixTime.Seconds(timestamp));
}
