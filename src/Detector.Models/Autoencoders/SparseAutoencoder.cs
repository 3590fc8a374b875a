using Detector.Models.Inference;
using static TorchSharp.torch;

namespace Detector.Models.Autoencoders;

/// <summary>
/// Sparse autoencoder (Ng 2011): a code of sigmoid units, each of which is to be active in a share ρ of the windows alone. The mean activation of
/// each unit over the batch, ρ̂, is held to ρ by the divergence KL(ρ ‖ ρ̂), so that a unit stands for something particular.
/// </summary>
public sealed class SparseAutoencoder : Autoencoder
{
    private readonly Perceptron encoder;
    private readonly Perceptron decoder;

    public SparseAutoencoder(WindowDimensions dimensions, NetworkOptions options, Generator generator)
        : base("sparse", dimensions, options)
    {
        encoder = new Perceptron("encoder", [dimensions.Size, .. options.Hidden, options.Latent], options.Activation);
        decoder = new Perceptron("decoder", [options.Latent, .. options.Hidden.Reverse(), dimensions.Size], options.Activation);
        RegisterComponents();
        encoder.Initialise(generator);
        decoder.Initialise(generator);
        StartAtTheTarget();
    }

    /// <summary>Activations of the code's units, 0…1: (B, D) → (B, Z).</summary>
    public override Tensor Encode(Tensor windows)
    {
        using var scope = NewDisposeScope();
        return encoder.forward(windows).sigmoid().MoveToOuterDisposeScope();
    }

    public override Tensor forward(Tensor windows)
    {
        using var scope = NewDisposeScope();
        return Decode(Encode(windows)).MoveToOuterDisposeScope();
    }

    internal override IReadOnlyList<AffineLayer> ScoringLayers() =>
        [.. encoder.Describe(LayerActivation.Sigmoid), .. decoder.Describe(Activations.BehindOutput(Options.OutputActivation))];

    public override Tensor Loss(Tensor windows, Tensor? observed, double progress, Generator? noise)
    {
        using var scope = NewDisposeScope();
        Tensor code = Encode(windows); // (B, Z)
        Tensor error = SquaredError(Decode(code), windows, observed);
        double target = Options.SparsityTarget;
        Tensor active = code.mean([0L]).clamp(1e-6, 1 - 1e-6); // ρ̂, (Z)
        Tensor divergence = (target / active).log() * target + ((1 - target) / (1 - active)).log() * (1 - target); // (Z)
        return (error + divergence.mean() * Options.SparsityWeight).MoveToOuterDisposeScope();
    }

    /// <summary>The ρ reached.</summary>
    public override IEnumerable<PropertyFigure> Measure(Tensor windows) =>
        [new PropertyFigure("mean activation of each unit of the code", Values(Encode(windows).mean([0L])))];

    /// <summary>
    /// Gives the code's units the bias at which they are active in ρ of the windows. From a bias of 0 they would need a thousand steps to get there,
    /// longer than early stopping waits.
    /// </summary>
    private void StartAtTheTarget()
    {
        using var noGrad = no_grad();
        using Tensor bias = encoder.Layers[^1].bias!.alias();
        bias.fill_(Math.Log(Options.SparsityTarget / (1 - Options.SparsityTarget))).Dispose();
    }

    private Tensor Decode(Tensor code) => Activations.ApplyToOutput(Options.OutputActivation, decoder.forward(code)); // (B, D)
}
