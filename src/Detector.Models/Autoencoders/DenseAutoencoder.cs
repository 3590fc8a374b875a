using Detector.Models.Descent;
using Detector.Models.Inference;
using static TorchSharp.torch;

namespace Detector.Models.Autoencoders;

/// <summary>
/// Dense autoencoder (Rumelhart et al. 1986; Hinton and Salakhutdinov 2006): fully connected layers through a code. A code narrower than the
/// window (undercomplete) cannot copy it; with a wider one (overcomplete) early stopping keeps it from becoming the identity.
/// </summary>
public sealed class DenseAutoencoder : Autoencoder
{
    private readonly Perceptron encoder;
    private readonly Perceptron decoder;

    public DenseAutoencoder(WindowDimensions dimensions, NetworkOptions options, Generator generator)
        : base("dense", dimensions, options)
    {
        encoder = new Perceptron("encoder", [dimensions.Size, .. options.Hidden, options.Latent], options.Activation);
        decoder = new Perceptron("decoder", [options.Latent, .. options.Hidden.Reverse(), dimensions.Size], options.Activation);
        RegisterComponents();
        encoder.Initialise(generator);
        decoder.Initialise(generator);
    }

    public override Tensor Encode(Tensor windows)
    {
        using var scope = NewDisposeScope();
        return Activations.Apply(Options.Activation, encoder.forward(windows)).MoveToOuterDisposeScope(); // (B, Z)
    }

    public override Tensor forward(Tensor windows)
    {
        using var scope = NewDisposeScope();
        Tensor output = decoder.forward(Encode(windows)); // (B, D)
        return Activations.ApplyToOutput(Options.OutputActivation, output).MoveToOuterDisposeScope();
    }

    internal override IReadOnlyList<AffineLayer> ScoringLayers() =>
        [.. encoder.Describe(Activations.Behind(Options.Activation)), .. decoder.Describe(Activations.BehindOutput(Options.OutputActivation))];

    internal override DescentNetwork ForDescent(int rows) => new DescentNetwork(this, encoder, decoder, Activations.Behind(Options.Activation), rows);

    public override Tensor Loss(Tensor windows, Tensor? observed, double progress, Generator? noise)
    {
        using var scope = NewDisposeScope();
        return SquaredError(forward(windows), windows, observed).MoveToOuterDisposeScope();
    }

    /// <summary>How much worse than normal windows it reconstructs noise of their size. The identity would give 1.</summary>
    public override IEnumerable<PropertyFigure> Measure(Tensor windows)
    {
        using Generator generator = new(1, CPU);
        Tensor foreign = randn(windows.shape, generator: generator).to(windows.device) * windows.square().mean([0L], true).sqrt(); // (B, D)
        double ratio = SquaredError(forward(foreign), foreign, null).item<float>() / SquaredError(forward(windows), windows, null).item<float>();
        return [new PropertyFigure("error on foreign noise, in errors on normal windows", ratio)];
    }
}
