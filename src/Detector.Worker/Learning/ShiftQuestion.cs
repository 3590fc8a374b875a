namespace Detector.Worker.Learning;

/// <summary>A lasting shift of level that is asked about.</summary>
/// <param name="Feature">Feature that had moved furthest when it was asked.</param>
/// <param name="SinceTicks">Event time of the review that asked.</param>
/// <param name="IsSudden">Whether it came within a day; else it came slowly, as faults do.</param>
internal sealed record ShiftQuestion(int Feature, long SinceTicks, bool IsSudden);
