using System.Globalization;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Detector.Models.Autoencoders;

/// <summary>Fully connected layers with ReLU between them; the last one is linear. (B, widths[0]) → (B, widths[^1]).</summary>
public sealed class Perceptron : nn.Module<Tensor, Tensor>
{
    private readonly Linear[] _layers;

    public Perceptron(string name, IReadOnlyList<int> widths)
        : base(name)
    {
        _layers = [.. widths.Zip(widths.Skip(1), (from, to) => nn.Linear(from, to))];
        for (int i = 0; i < _layers.Length; i++)
            register_module(i.ToString(CultureInfo.InvariantCulture), _layers[i]);
    }

    /// <summary>Draws weights and biases anew, uniform in ±1/√fan-in (LeCun et al. 1998), from the given generator alone.</summary>
    public void Initialise(Generator generator)
    {
        using var scope = NewDisposeScope();
        using var noGrad = no_grad();
        foreach (Linear layer in _layers)
        {
            double bound = 1 / Math.Sqrt(layer.weight!.shape[1]);
            layer.weight.copy_((rand(layer.weight.shape, generator: generator) * 2 - 1) * bound);
            layer.bias!.copy_((rand(layer.bias.shape, generator: generator) * 2 - 1) * bound);
        }
    }

    public override Tensor forward(Tensor input)
    {
        using var scope = NewDisposeScope();
        Tensor x = input;
        for (int i = 0; i < _layers.Length; i++)
        {
            x = _layers[i].forward(x); // (B, widths[i + 1])
            if (i < _layers.Length - 1)
                x = nn.functional.relu(x);
        }

        return x.MoveToOuterDisposeScope();
    }
}
