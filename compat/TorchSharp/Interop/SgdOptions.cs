namespace TorchSharp;

/// <summary>`SgdOptions` in optim.cpp.</summary>
internal struct SgdOptions
{
    internal double LearningRate, Momentum, Dampening, WeightDecay;
    internal long Nesterov, Maximize;
}
