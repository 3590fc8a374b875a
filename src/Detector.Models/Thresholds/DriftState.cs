namespace Detector.Models.Thresholds;

/// <summary>Where normal scores are at present.</summary>
/// <param name="Level">Mean of the scores that were not flagged.</param>
/// <param name="Recent">Mean of all latest scores.</param>
/// <param name="ShareAbove">Share of the latest rows that were above the threshold.</param>
/// <param name="LastTicks">UTC ticks of the latest row; 0 before the first.</param>
/// <param name="AboveTicks">How long most rows have been above the threshold.</param>
public readonly record struct DriftState(double Level, double Recent, double ShareAbove, long LastTicks, long AboveTicks);
