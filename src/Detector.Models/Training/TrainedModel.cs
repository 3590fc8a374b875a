using Detector.Models.Scoring;
using Detector.Models.Thresholds;

namespace Detector.Models.Training;

/// <summary>The outcome of a training run.</summary>
/// <param name="Model">Scores windows.</param>
/// <param name="Threshold">Fitted on the scores of the held-out windows; restore one copy for each series.</param>
/// <param name="Report">How it came about.</param>
/// <param name="Diagnostics">What a person wants to look at before trusting it.</param>
public sealed record TrainedModel(AnomalyModel Model, ThresholdState Threshold, TrainingReport Report, TrainingDiagnostics Diagnostics);
