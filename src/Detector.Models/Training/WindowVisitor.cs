namespace Detector.Models.Training;

/// <summary>Receives the windows of a training range one by one.</summary>
/// <param name="window">T × F raw values, oldest row first, NaN where missing; valid during the call.</param>
/// <param name="ticks">Event time of the newest row, UTC ticks.</param>
/// <param name="segment">Number of the series; the windows of one series come together and in time order.</param>
public delegate void WindowVisitor(ReadOnlySpan<double> window, long ticks, int segment);
