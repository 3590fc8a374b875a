using static TorchSharp.torch;

namespace Detector.Models.Autoencoders;

/// <summary>
/// Variational autoencoder (Kingma and Welling 2014) with a Gaussian code and a Gaussian decoder whose variance is the
/// maximum-likelihood one of the batch (σ-VAE, Rybkin et al. 2021), so that reconstruction and divergence balance without a hand-set weight.
/// Scoring reconstructs from the mean of the code.
/// </summary>
public sealed class VariationalAutoencoder : Autoencoder
{
    private readonly Perceptron encoder;
    private readonly Perceptron decoder;

    public VariationalAutoencoder(WindowDimensions dimensions, NetworkOptions options, Generator generator)
        : base("variational", dimensions, options)
    {
        encoder = new Perceptron("encoder", [dimensions.Size, .. options.Hidden, 2 * options.Latent]);
        decoder = new Perceptron("decoder", [options.Latent, .. options.Hidden.Reverse(), dimensions.Size]);
        RegisterComponents();
        encoder.Initialise(generator);
        decoder.Initialise(generator);
    }

    /// <summary>Mean of the code's posterior: (B, D) → (B, Z).</summary>
    public override Tensor Encode(Tensor windows)
    {
        using var scope = NewDisposeScope();
        return encoder.forward(windows).narrow(1, 0, Options.Latent).MoveToOuterDisposeScope();
    }

    public override Tensor forward(Tensor windows)
    {
        using var scope = NewDisposeScope();
        return decoder.forward(Encode(windows)).MoveToOuterDisposeScope();
    }

    public override Tensor Loss(Tensor windows, Tensor? observed, double progress, Generator? noise)
    {
        using var scope = NewDisposeScope();
        Tensor posterior = encoder.forward(windows); // (B, 2 Z)
        Tensor mean = posterior.narrow(1, 0, Options.Latent); // (B, Z)
        Tensor logVariance = posterior.narrow(1, Options.Latent, Options.Latent).clamp(-8, 8);
        Tensor code = mean;
        if (noise is not null)
            code = mean + (logVariance * 0.5).exp() * randn(mean.shape, generator: noise).to(mean.device);

        Tensor error = SquaredError(decoder.forward(code), windows, observed);
        Tensor likelihood = (error + 1e-6).log() * (0.5 * Dimensions.Size);
        Tensor divergence = (mean.square() + logVariance.exp() - 1 - logVariance).sum(1).mean() * 0.5;
        double beta = Options.Beta * (noise is null ? 1 : Math.Min(1, progress / Math.Max(Options.BetaWarmup, 1e-9)));
        return ((likelihood + divergence * beta) / Dimensions.Size).MoveToOuterDisposeScope();
    }
}
