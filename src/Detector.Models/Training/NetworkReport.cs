using Detector.Models.Autoencoders;

namespace Detector.Models.Training;

/// <summary>What the training of one network did.</summary>
/// <param name="Network">Name of the network.</param>
/// <param name="Parameters">Number of trained parameters.</param>
/// <param name="Steps">Steps taken; 0 for a network solved in closed form.</param>
/// <param name="BestStep">Step whose weights were kept.</param>
/// <param name="TrainingLoss">Loss over the training part, one value a look of the last phase.</param>
/// <param name="ValidationLoss">Loss on the validation part, one value a look of the last phase.</param>
/// <param name="BestLoss">Validation loss of the weights that were kept.</param>
/// <param name="Properties">What shows the network's property, measured on the validation part.</param>
/// <param name="Seconds">Wall time.</param>
public sealed record NetworkReport(
    string Network,
    long Parameters,
    int Steps,
    int BestStep,
    IReadOnlyList<double> TrainingLoss,
    IReadOnlyList<double> ValidationLoss,
    double BestLoss,
    IReadOnlyList<PropertyFigure> Properties,
    double Seconds);
