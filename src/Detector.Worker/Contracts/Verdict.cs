namespace Detector.Worker.Contracts;

/// <summary>A score held against the threshold in force.</summary>
/// <param name="Anomalous">Whether the score exceeds the threshold.</param>
/// <param name="Score">Higher = more anomalous.</param>
/// <param name="Threshold">The threshold in force before this score could move it.</param>
/// <param name="PValue">Probability of so high a score under normal operation.</param>
public readonly record struct Verdict(bool Anomalous, double Score, double Threshold, double PValue);
