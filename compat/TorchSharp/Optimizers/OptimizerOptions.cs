namespace TorchSharp.Modules;

/// <summary>What all optimisers have in common; null means the optimiser's own default.</summary>
public class OptimizerOptions
{
    public double? LearningRate { get; set; }

    public double InitialLearningRate { get; set; }
}
