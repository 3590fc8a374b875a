namespace Prometheus;

/// <summary>How metrics are written down.</summary>
public enum ExpositionFormat
{
    /// <summary>The text format 0.0.4.</summary>
    PrometheusText,

    /// <summary>OpenMetrics 1.0.0.</summary>
    OpenMetricsText,
}
