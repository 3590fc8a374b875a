namespace Prometheus;

/// <summary>Counts observations by bucket, with their sum.</summary>
public interface IHistogram : IObserver
{
    /// <summary>Takes <paramref name="count"/> observations of the same value at once.</summary>
    void Observe(double val, long count);

    double Sum { get; }

    long Count { get; }
}
