namespace Detector.Worker.Pipeline;

/// <summary>Where a model slot stands.</summary>
internal enum SlotPhase
{
    /// <summary>Samples are collected to learn from.</summary>
    Warming,

    /// <summary>The collection is complete and a model is being trained; samples are held back meanwhile.</summary>
    Training,

    /// <summary>A model scores.</summary>
    Active,
}
