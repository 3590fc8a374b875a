namespace Detector.Models.Compute;

/// <summary>
/// The numbers that networks are scored with where torch runs them, by the names torch gives them. Training, stored weights, residuals, views and scores
/// are in single precision in any case.
/// </summary>
public enum Precision
{
    /// <summary>IEEE 754 single precision: 24 significant bits.</summary>
    F32,

    /// <summary>The upper half of a float32: its range, 8 significant bits.</summary>
    BF16,

    /// <summary>IEEE 754 half precision: 11 significant bits, at most 65,504.</summary>
    F16,
}
