namespace Prometheus;

internal static class UnixTime
{
    public static double Now => Seconds(TimeProvider.System.GetUtcNow());

    // Finer than DateTimeOffset.ToUnixTimeMilliseconds.
    public static double Seconds(DateTimeOffset time) => (time.UtcTicks - DateTimeOffset.UnixEpoch.UtcTicks) / (double)TimeSpan.TicksPerSecond;
}
