using Detector.Models.Scoring;
using Detector.Models.Thresholds;
using Detector.Models.Training;

namespace Detector.Worker.Learning;

/// <summary>A model that was trained or loaded, and stored as an artifact.</summary>
/// <param name="Report">How its training went; null when it was loaded.</param>
internal sealed record LearnedModel(
    AnomalyModel Model, ThresholdState Threshold, int Rows, long PeriodTicks, string Version, DateTimeOffset TrainedAt, TrainingReport? Report);
