using static TorchSharp.torch;

namespace TorchSharp.Modules;

/// <summary>Parameters that share an optimiser's options.</summary>
public class ParamGroup : optim.ILearningRateController
{
    private IEnumerable<Parameter> _parameters = [];
    private Parameter[]? _all;

    public IEnumerable<Parameter> Parameters
    {
        get => _parameters;
        set => (_parameters, _all) = (value, null);
    }

    public OptimizerOptions Options { get; set; } = null!;

    public double LearningRate
    {
        get => Options.LearningRate!.Value;
        set => Options.LearningRate = value;
    }

    public double InitialLearningRate
    {
        get => Options.InitialLearningRate;
        set => Options.InitialLearningRate = value;
    }

    internal Parameter[] All => _all ??= _parameters.ToArray();
}
