namespace Prometheus;

/// <summary>Settings of a <see cref="Counter"/>.</summary>
public sealed class CounterConfiguration : MetricConfiguration;
