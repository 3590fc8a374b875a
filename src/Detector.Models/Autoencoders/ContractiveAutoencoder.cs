using Detector.Models.Inference;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Detector.Models.Autoencoders;

/// <summary>
/// Contractive autoencoder (Rifai et al. 2011): the loss is the squared error plus λ times the squared Frobenius norm of the Jacobian of the
/// code, so that the code moves only for what tells normal windows apart. The decoder has the encoder's weights, transposed: a decoder of its own
/// could undo a code that has only become small.
/// </summary>
public sealed class ContractiveAutoencoder : Autoencoder
{
    private readonly Perceptron encoder;
    private readonly Parameter biases; // of the decoder's layers, from the innermost outwards, one after the other

    public ContractiveAutoencoder(WindowDimensions dimensions, NetworkOptions options, Generator generator)
        : base("contractive", dimensions, options)
    {
        encoder = new Perceptron("encoder", [dimensions.Size, .. options.Hidden, options.Latent], options.Activation);
        biases = new Parameter(zeros(options.Hidden.Sum() + dimensions.Size));
        RegisterComponents();
        biases.DetachFromDisposeScope();
        encoder.Initialise(generator);
    }

    public override Tensor Encode(Tensor windows)
    {
        using var scope = NewDisposeScope();
        return Layers(windows)[^1].MoveToOuterDisposeScope(); // (B, Z)
    }

    public override Tensor forward(Tensor windows)
    {
        using var scope = NewDisposeScope();
        return Decode(Encode(windows)).MoveToOuterDisposeScope();
    }

    internal override IReadOnlyList<AffineLayer> ScoringLayers()
    {
        List<AffineLayer> layers = [.. encoder.Describe(Activations.Behind(Options.Activation))];
        int at = 0;
        for (int i = layers.Count - 1; i >= 0; i--)
        {
            int width = layers[i].Inputs;
            using Tensor bias = biases.narrow(0, at, width);
            layers.Add(layers[i].Transposed(
                AffineLayer.Values(bias), i > 0 ? Activations.Behind(Options.Activation) : Activations.BehindOutput(Options.OutputActivation)));
            at += width;
        }

        return layers;
    }

    public override Tensor Loss(Tensor windows, Tensor? observed, double progress, Generator? noise)
    {
        using var scope = NewDisposeScope();
        IReadOnlyList<Tensor> layers = Layers(windows);
        Tensor error = SquaredError(Decode(layers[^1]), windows, observed);
        return (error + JacobianNorm(layers) * (Options.ContractionWeight / Dimensions.Size)).MoveToOuterDisposeScope();
    }

    /// <summary>Norm of the encoder's Jacobian.</summary>
    public override IEnumerable<PropertyFigure> Measure(Tensor windows) =>
        [new PropertyFigure("squared Frobenius norm of the encoder's Jacobian", JacobianNorm(Layers(windows)).item<float>())];

    /// <summary>What each layer of the encoder gives, (B, width).</summary>
    private List<Tensor> Layers(Tensor windows)
    {
        var outputs = new List<Tensor>();
        foreach (Linear layer in encoder.Layers)
            outputs.Add(Activations.Apply(Options.Activation, layer.forward(outputs.Count == 0 ? windows : outputs[^1])));
        return outputs;
    }

    private Tensor Decode(Tensor code)
    {
        Tensor x = code;
        long at = 0;
        for (int i = encoder.Layers.Count - 1; i >= 0; i--)
        {
            Tensor weight = encoder.Layers[i].weight!; // (width, width below)
            x = x.mm(weight) + biases.narrow(0, at, weight.shape[1]); // (B, width below)
            at += weight.shape[1];
            x = i > 0 ? Activations.Apply(Options.Activation, x) : Activations.ApplyToOutput(Options.OutputActivation, x);
        }

        return x;
    }

    /// <summary>
    /// Mean over the windows of ‖∂code/∂window‖², a scalar. The Jacobian is diag(s_L) W_L ⋯ diag(s_1) W_1 with the activations' slopes s. For one
    /// layer the norm is Σ s² ‖row of W‖², for more tr(M W₁ W₁ᵀ Mᵀ) with M the product but for W₁, so that nothing as wide as the window is made per
    /// window.
    /// </summary>
    private Tensor JacobianNorm(IReadOnlyList<Tensor> layers)
    {
        Tensor[] slopes = [.. layers.Select(layer => Activations.Slope(Options.Activation, layer))]; // (B, width)
        Tensor first = encoder.Layers[0].weight!; // (H, D)
        if (slopes.Length == 1)
            return slopes[0].square().mv(first.square().sum(1)).mean();

        long batch = slopes[0].shape[0], latent = slopes[^1].shape[1];
        Tensor product = slopes[^1].unsqueeze(2) * encoder.Layers[^1].weight!; // (B, Z, width below)
        for (int i = slopes.Length - 2; i >= 0; i--)
        {
            product = product * slopes[i].unsqueeze(1); // (B, Z, width)
            if (i > 0)
                product = product.view(batch * latent, -1).mm(encoder.Layers[i].weight!).view(batch, latent, -1); // (B, Z, width below)
        }

        Tensor flat = product.view(batch * latent, -1); // M, (B Z, H)
        return (flat.mm(first.mm(first.t())) * flat).sum() / batch;
    }
}
