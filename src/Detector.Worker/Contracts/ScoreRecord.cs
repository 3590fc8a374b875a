namespace Detector.Worker.Contracts;

/// <summary>Score and verdict of one sample.</summary>
/// <param name="Timestamp">Event time of the sample.</param>
/// <param name="Anomalous">Whether the score exceeds the threshold.</param>
/// <param name="PValue">Tail probability of the score under normal operation.</param>
public readonly record struct ScoreRecord(
    string Pipeline, string Series, DateTimeOffset Timestamp, double Score, double Threshold, bool Anomalous, double PValue);
