using Detector.Models.Inference;
using static TorchSharp.torch;

namespace Detector.Models.Autoencoders;

/// <summary>Activation functions by the name the configuration uses.</summary>
public static class Activations
{
    public const string Linear = "linear";
    public const string Relu = "relu";
    public const string Elu = "elu";
    public const string Tanh = "tanh";
    public const string Sigmoid = "sigmoid";

    /// <summary>What may stand between two layers.</summary>
    public static IReadOnlyList<string> Names { get; } = [Relu, Elu, Tanh, Sigmoid, Linear];

    /// <summary>What may stand behind the last layer.</summary>
    public static IReadOnlyList<string> OutputNames { get; } = [Linear, Sigmoid];

    /// <summary>The function, value by value; the shape stays.</summary>
    public static Tensor Apply(string name, Tensor x) => name switch
    {
        Relu => nn.functional.relu(x),
        Elu => nn.functional.elu(x, 1),
        Tanh => x.tanh(),
        Sigmoid => x.sigmoid(),
        Linear => x.alias(),
        _ => throw Unknown(name),
    };

    /// <summary>The function behind the last layer: a sigmoid is stretched from 0…1 to ±1, where the min-max scaler puts the training range.</summary>
    public static Tensor ApplyToOutput(string name, Tensor x) => name switch
    {
        Sigmoid => x.sigmoid() * 2 - 1,
        Linear => x.alias(),
        _ => throw Unknown(name),
    };

    /// <summary>The function's derivative, told from its value alone.</summary>
    public static Tensor Slope(string name, Tensor value) => name switch
    {
        Relu => value.gt(0).to(ScalarType.Float32),
        Elu => value.clamp_max(0) + 1,
        Tanh => 1 - value.square(),
        Sigmoid => value * (1 - value),
        Linear => ones_like(value),
        _ => throw Unknown(name),
    };

    /// <summary>The activation between two layers of a plan.</summary>
    internal static LayerActivation Behind(string name) => name switch
    {
        Relu => LayerActivation.Relu,
        Elu => LayerActivation.Elu,
        Tanh => LayerActivation.Tanh,
        Sigmoid => LayerActivation.Sigmoid,
        Linear => LayerActivation.Linear,
        _ => throw Unknown(name),
    };

    /// <summary>The one behind its last layer.</summary>
    internal static LayerActivation BehindOutput(string name) => name == Sigmoid ? LayerActivation.StretchedSigmoid : Behind(name);

    private static ArgumentException Unknown(string name) =>
        new($"There is no activation '{name}' here; use one of {string.Join(", ", Names)}, behind the last layer {string.Join(" or ", OutputNames)}.", nameof(name));
}
