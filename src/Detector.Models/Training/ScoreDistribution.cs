namespace Detector.Models.Training;

/// <summary>The scores that the threshold was fitted on, and the tail that was fitted to them.</summary>
/// <param name="To">Upper end of the last bin; the first begins at 0.</param>
/// <param name="Counts">Scores in bins of equal width.</param>
/// <param name="Threshold">The threshold.</param>
/// <param name="TailFrom">First score of the two curves; their points are at equal distances up to <paramref name="To"/>.</param>
/// <param name="Observed">Share of the scores above each point.</param>
/// <param name="Fitted">Probability above each point, as the threshold has it.</param>
public sealed record ScoreDistribution(
    double To, IReadOnlyList<int> Counts, double Threshold, double TailFrom, IReadOnlyList<double> Observed, IReadOnlyList<double> Fitted);
