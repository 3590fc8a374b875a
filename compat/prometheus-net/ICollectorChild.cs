namespace Prometheus;

/// <summary>One time series (or one histogram) of a collector.</summary>
public interface ICollectorChild;
