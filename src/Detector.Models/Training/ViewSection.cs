using Detector.Models.Scoring;

namespace Detector.Models.Training;

/// <summary>A view in the manifest; what it fitted is in tensors.</summary>
/// <param name="Kind"><c>network</c>, <c>forecast</c>, <c>correlation</c> or <c>level</c>; of a single feature <c>value</c> or <c>neighbour</c>.</param>
/// <param name="Tails">Scale of its errors, one for each time scale.</param>
/// <param name="Network">Index of the network it looks at.</param>
/// <param name="Part">What of the network's residual it looks at.</param>
/// <param name="Lags">Rows it looks at, or looks back.</param>
/// <param name="Rows">Rows its scale was measured on, or that it keeps.</param>
/// <param name="Settled">Rows on which its scale rests once and for all.</param>
/// <param name="MeanRows">Time constant of the longer time scale in rows; null: the shortest.</param>
internal sealed record ViewSection(
    string Kind, ErrorTail[] Tails, int? Network = null, ResidualView? Part = null, int? Lags = null, long? Rows = null, long? Settled = null, int? MeanRows = null);
