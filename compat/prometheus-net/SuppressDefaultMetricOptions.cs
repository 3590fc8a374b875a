namespace Prometheus;

/// <summary>Which of its default metrics the default registry does without.</summary>
public sealed class SuppressDefaultMetricOptions
{
    internal static readonly SuppressDefaultMetricOptions All = new()
    {
        SuppressProcessMetrics = true,
        SuppressDebugMetrics = true,
        SuppressEventCounters = true,
        SuppressMeters = true,
    };

    /// <summary>Processor time, memory, threads and garbage collections of this process.</summary>
    public bool SuppressProcessMetrics { get; set; }

    /// <summary>What the registry counts about itself.</summary>
    public bool SuppressDebugMetrics { get; set; }

    /// <summary>.NET event counters. They are not offered here: set true to have the same output with the package.</summary>
    public bool SuppressEventCounters { get; set; }

    /// <summary>.NET meters. They are not offered here: set true to have the same output with the package.</summary>
    public bool SuppressMeters { get; set; }

    internal void ApplyTo(CollectorRegistry registry)
    {
        if (!SuppressProcessMetrics) DotNetStats.Register(registry);
        if (!SuppressDebugMetrics) registry.StartSelfMetrics();
    }
}
