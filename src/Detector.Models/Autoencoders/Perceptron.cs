using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Detector.Models.Autoencoders;

/// <summary>Fully connected layers with ReLU between them; the last one is linear. (B, widths[0]) → (B, widths[^1]).</summary>
public sealed class Perceptron : nn.Module<Tensor, Tensor>
{
    private readonly ModuleList<Linear> layers;

    public Perceptron(string name, IReadOnlyList<int> widths)
        : base(name)
    {
        layers = new ModuleList<Linear>([.. widths.Zip(widths.Skip(1), (from, to) => nn.Linear(from, to))]);
        RegisterComponents();
    }

    /// <summary>Draws weights and biases anew, uniform in ±1/√fan-in (LeCun et al. 1998), from the given generator alone.</summary>
    public void Initialise(Generator generator)
    {
        using var scope = NewDisposeScope();
        using var noGrad = no_grad();
        foreach (Linear layer in layers)
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
        for (int i = 0; i < layers.Count; i++)
        {
            x = layers[i].forward(x); // (B, widths[i + 1])
            if (i < layers.Count - 1)
                x = nn.functional.relu(x);
        }

        return x.MoveToOuterDisposeScope();
    }
}
