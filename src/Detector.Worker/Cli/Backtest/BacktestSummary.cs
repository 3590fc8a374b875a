using Detector.Models.Training;
using Detector.Worker.Contracts;

namespace Detector.Worker.Cli.Backtest;

/// <summary>What a backtest found, for machines.</summary>
/// <param name="TrainingRows">Rows learned from.</param>
/// <param name="Rows">Rows after training.</param>
/// <param name="ScoredRows">Of these, rows whose window was full.</param>
/// <param name="AnomalousRows">Of these, rows above the threshold.</param>
/// <param name="Threshold">Threshold right after training.</param>
/// <param name="ThresholdBasis">What it rests on.</param>
/// <param name="Dropped">Rows that could not be used, by reason.</param>
/// <param name="Training">How training went.</param>
/// <param name="Alerts">The alerts that fired.</param>
/// <param name="QualityAlerts">The alerts about the data that fired.</param>
internal sealed record BacktestSummary(
    int TrainingRows,
    int Rows,
    int ScoredRows,
    int AnomalousRows,
    double Threshold,
    string ThresholdBasis,
    IReadOnlyDictionary<string, int> Dropped,
    TrainingReport Training,
    IReadOnlyList<Alert> Alerts,
    IReadOnlyList<Alert> QualityAlerts);
