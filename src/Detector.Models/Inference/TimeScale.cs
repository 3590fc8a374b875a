namespace Detector.Models.Inference;

/// <summary>What a convolution does to the number of rows.</summary>
internal enum TimeScale
{
    Same,
    Halved,

    /// <summary>By a transposed convolution.</summary>
    Doubled,
}
