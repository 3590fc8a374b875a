namespace Prometheus;

/// <summary>A value that goes up and down.</summary>
public interface IGauge : ICollectorChild
{
    void Inc(double increment = 1);

    void Set(double val);

    void Dec(double decrement = 1);

    /// <summary>Raises the value to <paramref name="targetValue"/>; a greater value stays.</summary>
    void IncTo(double targetValue);

    /// <summary>Lowers the value to <paramref name="targetValue"/>; a smaller value stays.</summary>
    void DecTo(double targetValue);

    double Value { get; }
}
