using Detector.Models.Inference;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Detector.Models.Autoencoders;

/// <summary>
/// Stacked autoencoder (Hinton and Salakhutdinov 2006; Bengio et al. 2007): each layer and its mirror are first trained alone, to reconstruct
/// what the layers below make of a window; then all of them are tuned together.
/// </summary>
public sealed class StackedAutoencoder : Autoencoder
{
    private readonly Perceptron encoder;
    private readonly Perceptron decoder;

    public StackedAutoencoder(WindowDimensions dimensions, NetworkOptions options, Generator generator)
        : base("stacked", dimensions, options)
    {
        encoder = new Perceptron("encoder", [dimensions.Size, .. options.Hidden, options.Latent], options.Activation);
        decoder = new Perceptron("decoder", [options.Latent, .. options.Hidden.Reverse(), dimensions.Size], options.Activation);
        RegisterComponents();
        encoder.Initialise(generator);
        decoder.Initialise(generator);
    }

    public override Tensor Encode(Tensor windows) => EncodeUpTo(encoder.Layers.Count, windows);

    public override Tensor forward(Tensor windows)
    {
        using var scope = NewDisposeScope();
        Tensor output = decoder.forward(Encode(windows)); // (B, D)
        return Activations.ApplyToOutput(Options.OutputActivation, output).MoveToOuterDisposeScope();
    }

    internal override IReadOnlyList<AffineLayer> ScoringLayers() =>
        [.. encoder.Describe(Activations.Behind(Options.Activation)), .. decoder.Describe(Activations.BehindOutput(Options.OutputActivation))];

    public override Tensor Loss(Tensor windows, Tensor? observed, double progress, Generator? noise)
    {
        using var scope = NewDisposeScope();
        return SquaredError(forward(windows), windows, observed).MoveToOuterDisposeScope();
    }

    /// <summary>The layers from the outermost inwards, then all together.</summary>
    public override IReadOnlyList<TrainingPhase> Phases() =>
        [.. Enumerable.Range(0, encoder.Layers.Count).Select(Pretraining), .. base.Phases()];

    private TrainingPhase Pretraining(int layer)
    {
        Tensor Alone(Tensor windows, Tensor? observed, double progress, Generator? noise) => LayerLoss(layer, windows, observed);
        Parameter[] parameters = [.. encoder.Layers[layer].parameters(), .. Mirror(layer).parameters()];
        return new TrainingPhase([new Objective(parameters, Alone)], Alone) { Share = Options.PretrainingShare };
    }

    private Tensor LayerLoss(int layer, Tensor windows, Tensor? observed)
    {
        using var scope = NewDisposeScope();
        Tensor below = EncodeUpTo(layer, windows).detach(); // (B, width of the layer's input)
        Tensor code = Activations.Apply(Options.Activation, encoder.Layers[layer].forward(below)); // (B, width of the layer)
        Tensor output = Mirror(layer).forward(code); // as below
        return layer == 0
            ? SquaredError(Activations.ApplyToOutput(Options.OutputActivation, output), windows, observed).MoveToOuterDisposeScope()
            : SquaredError(Activations.Apply(Options.Activation, output), below, null).MoveToOuterDisposeScope();
    }

    private Linear Mirror(int layer) => decoder.Layers[decoder.Layers.Count - 1 - layer];

    private Tensor EncodeUpTo(int layers, Tensor windows)
    {
        using var scope = NewDisposeScope();
        Tensor x = windows.alias();
        foreach (Linear layer in encoder.Layers.Take(layers))
            x = Activations.Apply(Options.Activation, layer.forward(x)); // (B, width)
        return x.MoveToOuterDisposeScope();
    }
}
