namespace Detector.Worker.Windowing;

/// <summary>What a sample did to its window.</summary>
[Flags]
internal enum WindowStep
{
    /// <summary>Nothing: the sample is older than the newest row.</summary>
    None = 0,

    /// <summary>The window is not full yet.</summary>
    Filling = 1,

    /// <summary>The window is full and enough of it was observed: score it.</summary>
    Ready = 2,

    /// <summary>The window is full, but too little of it was observed.</summary>
    Sparse = 4,

    /// <summary>A silence longer than the largest gap emptied the window before this sample. Comes with one of the others.</summary>
    Restarted = 8,
}
