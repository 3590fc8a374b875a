namespace Prometheus;

/// <summary>What a metric may be given at creation besides its name and help.</summary>
public abstract class MetricConfiguration
{
    /// <summary>Names of the labels; only the creation methods without a list of label names look here.</summary>
    public string[]? LabelNames { get; set; }

    /// <summary>True holds a series back until its value is first set, even to zero.</summary>
    public bool SuppressInitialValue { get; set; }
}
