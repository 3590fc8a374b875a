namespace Detector.Models.Training;

/// <summary>A range that was not learned from.</summary>
/// <param name="Segment">Number of the series it belongs to.</param>
/// <param name="From">Time of its first sample.</param>
/// <param name="To">Time of its last sample.</param>
/// <param name="Samples">Samples in it.</param>
public sealed record ExcludedRange(int Segment, DateTimeOffset From, DateTimeOffset To, int Samples);
