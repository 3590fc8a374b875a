namespace Detector.Worker.Pipeline;

/// <summary>A model that is to be trained.</summary>
/// <param name="Series">A series of its slot.</param>
/// <param name="Challenge">What it is to be held against; null for the first model of the slot.</param>
internal sealed record TrainingRequest(SeriesState Series, Challenge? Challenge);
