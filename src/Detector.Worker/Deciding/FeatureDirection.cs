namespace Detector.Worker.Deciding;

/// <summary>Which deviations of a feature count.</summary>
public enum FeatureDirection
{
    Both,

    /// <summary>Only values above the expected one.</summary>
    High,

    /// <summary>Only values below the expected one.</summary>
    Low,
}
