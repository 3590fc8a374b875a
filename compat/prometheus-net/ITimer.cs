namespace Prometheus;

/// <summary>Reports the seconds since its creation to a metric, on request and when disposed.</summary>
public interface ITimer : IDisposable
{
    TimeSpan ObserveDuration();
}
