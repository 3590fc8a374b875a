namespace Prometheus;

/// <summary>A metric that takes single observations.</summary>
public interface IObserver : ICollectorChild
{
    void Observe(double val);
}
