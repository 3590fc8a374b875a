namespace Detector.Worker.Pipeline;

/// <summary>The stages that keep something of a series; each saves its own share, on its own thread.</summary>
internal enum CheckpointStage
{
    Source,
    Scoring,
    Deciding,
}
