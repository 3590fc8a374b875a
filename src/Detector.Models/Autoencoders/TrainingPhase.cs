namespace Detector.Models.Autoencoders;

/// <summary>
/// A stretch of training. In each step every objective takes a step of its own, in order, on the same windows. The phase ends when its steps
/// are used up or the validation loss has stopped falling, with the weights of its best look.
/// </summary>
/// <param name="Objectives">What is lowered; more than one for networks trained against each other.</param>
/// <param name="Validation">What is looked at on the validation part.</param>
public sealed record TrainingPhase(IReadOnlyList<Objective> Objectives, LossFunction Validation)
{
    /// <summary>Steps of the phase, as a share of <c>MaxSteps</c>.</summary>
    public double Share { get; init; } = 1;

    /// <summary>
    /// Whether the phase is ended by its validation loss. Where two objectives pull against each other a rising loss is no sign of overfitting:
    /// without, all steps are taken and the last weights are kept.
    /// </summary>
    public bool StopsEarly { get; init; } = true;
}
