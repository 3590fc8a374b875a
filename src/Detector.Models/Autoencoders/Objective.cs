using TorchSharp.Modules;

namespace Detector.Models.Autoencoders;

/// <summary>A loss and the parameters that are moved to lower it, by an optimiser of their own.</summary>
/// <param name="Parameters">What the objective's optimiser moves.</param>
/// <param name="Loss">What it lowers.</param>
public sealed record Objective(IReadOnlyList<Parameter> Parameters, LossFunction Loss);
