using Detector.Models.Scoring;
using Detector.Models.Thresholds;
using Detector.Models.Training;
using Detector.Worker.Contracts;

namespace Detector.Worker.Learning;

/// <summary>A model that was trained or loaded, and stored as an artifact.</summary>
/// <param name="Report">How its training went; null when it was loaded.</param>
/// <param name="Range">Event times of the first and last sample that it was learned from, UTC ticks; null when it was not kept.</param>
/// <param name="Baseline">How the samples came in training; null when that was not kept.</param>
internal sealed record LearnedModel(
    AnomalyModel Model, ThresholdState Threshold, int Rows, long PeriodTicks, string Version, DateTimeOffset TrainedAt, TrainingReport? Report,
    StreamBaseline? Baseline = null, (long First, long Last)? Range = null);
