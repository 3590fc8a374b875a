namespace Detector.Worker.Windowing;

/// <summary>What stands in a row of the grid when several samples fall into it.</summary>
internal enum Resampling
{
    /// <summary>The last value of each feature.</summary>
    Last,

    /// <summary>The mean of the values of each feature so far.</summary>
    Mean,
}
