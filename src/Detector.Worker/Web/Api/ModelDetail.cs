using Detector.Models.Training;

namespace Detector.Worker.Web.Api;

/// <summary>How a version was trained, and what there is to look at.</summary>
internal sealed record ModelDetail(ModelRow Row, TrainingReport? Report, TrainingDiagnostics? Diagnostics);
