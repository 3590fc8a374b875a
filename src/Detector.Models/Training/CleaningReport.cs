namespace Detector.Models.Training;

/// <summary>What self-cleaning took out of the training range.</summary>
/// <param name="Contamination">Share of the time that was allowed to be anomalous.</param>
/// <param name="Share">Share of the time that was found to be.</param>
/// <param name="WindowsRemoved">Windows whose newest row, or more than half, was taken out.</param>
/// <param name="Excluded">What was taken out, the longest ranges first when there are very many.</param>
public sealed record CleaningReport(
    double Contamination, double Share, int WindowsRemoved, IReadOnlyList<ExcludedRange> Excluded);
