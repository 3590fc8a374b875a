namespace Detector.Models.Thresholds;

/// <summary>Exceedances of the base level that are not yet over.</summary>
/// <param name="StartTicks">UTC ticks of the first.</param>
/// <param name="LastTicks">UTC ticks of the latest.</param>
/// <param name="Peak">Highest score.</param>
/// <param name="Flagged">Whether any row of it was flagged.</param>
public readonly record struct OpenCluster(long StartTicks, long LastTicks, double Peak, bool Flagged);
