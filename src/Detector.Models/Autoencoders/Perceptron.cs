using System.Globalization;
using Detector.Models.Inference;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Detector.Models.Autoencoders;

/// <summary>Fully connected layers with an activation between them; the last one is linear. (B, widths[0]) → (B, widths[^1]).</summary>
public sealed class Perceptron : nn.Module<Tensor, Tensor>
{
    private readonly Linear[] _layers;
    private readonly string _activation;

    public Perceptron(string name, IReadOnlyList<int> widths, string activation = Activations.Relu)
        : base(name)
    {
        _activation = activation;
        _layers = [.. widths.Zip(widths.Skip(1), (from, to) => nn.Linear(from, to))];
        for (int i = 0; i < _layers.Length; i++)
            register_module(i.ToString(CultureInfo.InvariantCulture), _layers[i]);
    }

    public IReadOnlyList<Linear> Layers => _layers;

    /// <summary>Draws weights and biases anew, uniform in ±1/√fan-in (LeCun et al. 1998), from the given generator alone.</summary>
    public void Initialise(Generator generator)
    {
        foreach (Linear layer in _layers)
            Initialisation.Draw(layer, (int)layer.weight!.shape[1], generator);
    }

    /// <summary>The layers as they are now.</summary>
    /// <param name="last">What stands behind the last one.</param>
    internal IEnumerable<AffineLayer> Describe(LayerActivation last) =>
        _layers.Select((layer, i) => AffineLayer.Of(layer, i == _layers.Length - 1 ? last : Activations.Behind(_activation)));

    public override Tensor forward(Tensor input)
    {
        using var scope = NewDisposeScope();
        Tensor x = input;
        for (int i = 0; i < _layers.Length; i++)
        {
            x = _layers[i].forward(x); // (B, widths[i + 1])
            if (i < _layers.Length - 1)
                x = Activations.Apply(_activation, x);
        }

        return x.MoveToOuterDisposeScope();
    }
}
