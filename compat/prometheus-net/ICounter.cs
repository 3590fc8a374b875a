namespace Prometheus;

/// <summary>A value that only grows.</summary>
public interface ICounter : ICollectorChild
{
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="increment"/> is negative.</exception>
    void Inc(double increment = 1.0);

    /// <summary>Raises the value to <paramref name="targetValue"/>; a greater value stays.</summary>
    void IncTo(double targetValue);

    double Value { get; }
}
