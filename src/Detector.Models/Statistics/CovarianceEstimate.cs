namespace Detector.Models.Statistics;

/// <summary>A covariance matrix and what it was estimated with.</summary>
/// <param name="Mean">(F).</param>
/// <param name="Matrix">(F, F) row-major, symmetric.</param>
/// <param name="Weight">Weight of the diagonal target, in [0, 1].</param>
public sealed record CovarianceEstimate(double[] Mean, double[] Matrix, double Weight);
