using Detector.Models.Autoencoders;

namespace Detector.Models.Scoring;

/// <summary>A window as a view sees it.</summary>
internal readonly ref struct WindowEvidence(
    WindowDimensions dimensions, ReadOnlySpan<float> window, ReadOnlySpan<float> observed, ReadOnlySpan<float> reconstruction, bool restarted,
    ReadOnlySpan<float> projection = default)
{
    public WindowDimensions Dimensions { get; } = dimensions;

    /// <summary>T × F scaled values, what is missing filled in.</summary>
    public ReadOnlySpan<float> Window { get; } = window;

    /// <summary>T × F mask of 0 and 1; empty when nothing is missing.</summary>
    public ReadOnlySpan<float> Observed { get; } = observed;

    /// <summary>T × F, what the view's network made of the window; empty for a view without one.</summary>
    public ReadOnlySpan<float> Reconstruction { get; } = reconstruction;

    /// <summary>What <see cref="ScoreView.Projection"/> makes of the newest rows; empty for a view without one.</summary>
    public ReadOnlySpan<float> Projection { get; } = projection;

    /// <summary>Whether the windows before belong to another stretch of time: the first after a gap.</summary>
    public bool Restarted { get; } = restarted;

    /// <summary>The newest row, F scaled values.</summary>
    public ReadOnlySpan<float> Newest => Window[^Dimensions.Features..];

    /// <summary>Whether a feature of the newest row was measured.</summary>
    public bool IsObserved(int feature) => Observed.IsEmpty || Observed[Dimensions.Size - Dimensions.Features + feature] != 0;
}
