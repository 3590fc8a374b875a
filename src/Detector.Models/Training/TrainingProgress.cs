namespace Detector.Models.Training;

/// <summary>How far the training of one network is.</summary>
/// <param name="Network">Name of the network.</param>
/// <param name="Fraction">Share of the steps taken, 0…1; early stopping jumps to 1.</param>
/// <param name="TrainingLoss">Mean loss since the last look at the validation part.</param>
/// <param name="ValidationLoss">Loss on the validation part.</param>
public readonly record struct TrainingProgress(string Network, double Fraction, double TrainingLoss, double ValidationLoss);
