using Detector.Models.Scoring;

namespace Detector.Models.Training;

/// <summary>How a network's residual of one feature is distributed on normal windows, in scaled units.</summary>
/// <param name="Network">Name of the network.</param>
/// <param name="View">What of the residual is looked at.</param>
/// <param name="Feature">Name of the feature.</param>
/// <param name="Mean">Mean; far from 0, the network is biased.</param>
/// <param name="StandardDeviation">Standard deviation.</param>
/// <param name="Reach">The bins reach from −Reach to Reach; what lies beyond is in the first or the last one.</param>
/// <param name="Counts">Windows in bins of equal width.</param>
public sealed record ResidualHistogram(
    string Network, ResidualView View, string Feature, double Mean, double StandardDeviation, double Reach, IReadOnlyList<int> Counts);
