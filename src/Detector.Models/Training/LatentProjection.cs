namespace Detector.Models.Training;

/// <summary>Codes of windows in the plane of their first two principal components, in order of time.</summary>
/// <param name="Network">Name of the network.</param>
/// <param name="Size">Z, width of the code.</param>
/// <param name="First">Share of the codes' variance along the first component.</param>
/// <param name="Second">Share along the second.</param>
/// <param name="X">First coordinate of each window.</param>
/// <param name="Y">Second coordinate of each window.</param>
public sealed record LatentProjection(string Network, int Size, double First, double Second, IReadOnlyList<double> X, IReadOnlyList<double> Y);
