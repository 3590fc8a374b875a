namespace Detector.Worker.Learning;

/// <summary>Changes of the windows that networks learn from, drawn anew in every step. All off: see docs/training.md for what they cost and gain.</summary>
public sealed class TrainingAugmentation
{
    /// <summary>Standard deviation of noise added to every value, in scaled units.</summary>
    public double Jitter { get; set; }

    /// <summary>Standard deviation of the factor, around 1, that each feature of a window is multiplied with.</summary>
    public double Scaling { get; set; }

    /// <summary>Longest stretch of rows, as a share of the window, that is taken to be missing.</summary>
    public double TimeMasking { get; set; }
}
