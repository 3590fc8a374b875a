using Detector.Models.Autoencoders;

namespace Detector.Models.Training;

/// <summary>A range of normal operation, as the caller's windowing lays it out.</summary>
public interface ITrainingData
{
    /// <summary>Names of the F features.</summary>
    IReadOnlyList<string> Features { get; }

    WindowDimensions Dimensions { get; }

    /// <summary>All samples, N × F raw values row by row, NaN where missing.</summary>
    ReadOnlySpan<double> Rows { get; }

    /// <summary>Event time of the first and the last sample, UTC ticks.</summary>
    (long First, long Last) Range { get; }

    /// <summary>Hands over every window that would be scored, the same ones at each call.</summary>
    void Replay(WindowVisitor visit);
}
