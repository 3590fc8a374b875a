namespace Detector.Worker.Cli.Representation;

/// <summary>Takes the samples of a file one by one.</summary>
/// <param name="ticks">Event time, UTC ticks.</param>
/// <param name="row">Number of the sample's row on the grid.</param>
/// <param name="window">T × F raw values that end with this row; empty while the window fills or has too little in it.</param>
internal delegate void WindowVisitor(long ticks, long row, ReadOnlySpan<double> window);
