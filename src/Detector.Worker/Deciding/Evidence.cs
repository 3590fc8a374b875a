using Detector.Models.Scaling;

namespace Detector.Worker.Deciding;

/// <summary>What is known of one scored sample. F features in the order of the model.</summary>
internal readonly ref struct Evidence
{
    /// <summary>Event time, UTC ticks.</summary>
    public required long Ticks { get; init; }

    public required double Score { get; init; }

    /// <summary>(F) shares of the score that add up to 1.</summary>
    public required ReadOnlySpan<float> Contributions { get; init; }

    /// <summary>(F) expected values, scaled.</summary>
    public required ReadOnlySpan<float> Expected { get; init; }

    /// <summary>(F) measured values in the sensors' units, NaN where missing.</summary>
    public required ReadOnlySpan<double> Values { get; init; }

    /// <summary>Scaler of the model, which brings <see cref="Expected"/> into the sensors' units.</summary>
    public required FeatureScaler Scaler { get; init; }

    /// <summary>Whether a feature is above what was expected of it.</summary>
    public bool IsAbove(int feature) => Values[feature] > Scaler.Inverse(feature, Expected[feature], Ticks);
}
