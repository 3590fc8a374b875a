namespace Detector.Models.Training;

/// <summary>What a training run saw and did.</summary>
/// <param name="Samples">Samples in the training range.</param>
/// <param name="TrainingWindows">Windows that the networks learned from.</param>
/// <param name="ValidationWindows">Later windows kept for early stopping, calibration and the threshold.</param>
/// <param name="MissingShare">Share of the windows' values that was missing.</param>
/// <param name="Networks">One report for each network.</param>
/// <param name="Threshold">What the threshold rests on, in a sentence.</param>
/// <param name="LookEvery">Steps between two looks at the validation part, which the networks' losses are of.</param>
/// <param name="Cleaning">What self-cleaning took out; null when it was off.</param>
/// <param name="Seconds">Wall time of the whole run.</param>
public sealed record TrainingReport(
    int Samples,
    int TrainingWindows,
    int ValidationWindows,
    double MissingShare,
    IReadOnlyList<NetworkReport> Networks,
    string Threshold,
    int LookEvery,
    CleaningReport? Cleaning,
    double Seconds)
{
    /// <summary>What came of trying half precision; null where it was not asked for, or torch runs none of the networks.</summary>
    public PrecisionReport? Precision { get; init; }
}
