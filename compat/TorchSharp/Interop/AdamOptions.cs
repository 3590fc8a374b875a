namespace TorchSharp;

/// <summary>`AdamOptions` in optim.cpp.</summary>
internal struct AdamOptions
{
    internal double LearningRate, Beta1, Beta2, Epsilon, WeightDecay;
    internal long Decoupled, Amsgrad, Maximize;
}
