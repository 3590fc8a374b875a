namespace Detector.Models.Logs.Sessions;

/// <summary>What a model says of one session.</summary>
/// <param name="Score">−log10 of how often a normal session is as far from normal, in the views that see it; higher = more anomalous.</param>
/// <param name="Threshold">Score above which it is anomalous.</param>
/// <param name="Views">Each view's part of the score, by name.</param>
/// <param name="Events">Events that weigh most, the heaviest first, with shares that add up to 1 or less.</param>
public sealed record SessionVerdict(
    double Score, double Threshold, IReadOnlyDictionary<string, double> Views, IReadOnlyList<(ulong Event, double Share)> Events)
{
    public bool IsAnomalous => Score > Threshold;
}
