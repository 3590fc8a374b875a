namespace Detector.Models.Training;

/// <summary>What a window of the training range is for.</summary>
internal enum WindowPart : byte
{
    /// <summary>Networks learn from it.</summary>
    Training,

    /// <summary>It shares rows with a validation window and is left out.</summary>
    Gap,

    /// <summary>Early stopping, calibration and the threshold; no network learns from it.</summary>
    Validation,
}
