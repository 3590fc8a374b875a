using Detector.Models.Descent;
using Detector.Models.Inference;
using static TorchSharp.torch;

namespace Detector.Models.Autoencoders;

/// <summary>
/// Variational autoencoder (Kingma and Welling 2014) with a Gaussian code and a Gaussian decoder whose variance is the
/// maximum-likelihood one of the batch (σ-VAE, Rybkin et al. 2021), so that reconstruction and divergence balance without a hand-set weight.
/// Scoring reconstructs from the mean of the code, or takes the reconstruction probability over K draws of it (An and Cho 2015).
/// </summary>
public sealed class VariationalAutoencoder : Autoencoder
{
    /// <summary>Weight of a batch in the running variance.</summary>
    internal const double VarianceRate = 0.1;

    /// <summary>Added to the error, whose logarithm is taken.</summary>
    internal const double LeastVariance = 1e-6;

    /// <summary>Bound of the logarithm of the posterior's variance.</summary>
    internal const float MaxLogVariance = 8;

    private readonly Perceptron encoder;
    private readonly Perceptron decoder;
    private readonly Tensor variance; // (1), of a value around the decoder's output
    private readonly Tensor? draws; // (K, Z), standard Gaussian, the same for every window

    public VariationalAutoencoder(WindowDimensions dimensions, NetworkOptions options, Generator generator)
        : base("variational", dimensions, options)
    {
        encoder = new Perceptron("encoder", [dimensions.Size, .. options.Hidden, 2 * options.Latent], options.Activation);
        decoder = new Perceptron("decoder", [options.Latent, .. options.Hidden.Reverse(), dimensions.Size], options.Activation);
        encoder.Initialise(generator);
        decoder.Initialise(generator);
        variance = ones(1).DetachFromDisposeScope();
        if (options.Samples > 0)
            draws = randn([options.Samples, options.Latent], generator: generator).DetachFromDisposeScope();
        RegisterComponents();
    }

    /// <summary>Mean of the code's posterior: (B, D) → (B, Z).</summary>
    public override Tensor Encode(Tensor windows)
    {
        using var scope = NewDisposeScope();
        return Posterior(windows).Mean.MoveToOuterDisposeScope();
    }

    public override Tensor forward(Tensor windows)
    {
        using var scope = NewDisposeScope();
        return Decode(Encode(windows)).MoveToOuterDisposeScope();
    }

    /// <summary>
    /// The expected log-likelihood of a value over the draws is, but for constants, the mean of its squared residuals. The draws are stored with
    /// the network, so a window's score is the same at any time and in any batch.
    /// </summary>
    public override Tensor Score(Tensor windows)
    {
        if (draws is null)
            return forward(windows);
        using var scope = NewDisposeScope();
        (Tensor mean, Tensor logVariance) = Posterior(windows); // (B, Z)
        Tensor deviation = (logVariance * 0.5).exp();
        return Blend(windows, Enumerable.Range(0, Options.Samples).Select(k => (Decode(mean + deviation * draws[k]), 1.0 / Options.Samples)))
            .MoveToOuterDisposeScope();
    }

    /// <summary>From the mean of the code, so that its variance need not be computed.</summary>
    internal override IReadOnlyList<AffineLayer> ScoringLayers()
    {
        AffineLayer[] encoding = [.. encoder.Describe(LayerActivation.Linear)];
        encoding[^1] = encoding[^1].Only(0, Options.Latent);
        return [.. encoding, .. Decoding()];
    }

    internal override NetworkPlan? Compile(bool newestOnly) => draws is null
        ? base.Compile(newestOnly)
        : new SampledPlan(
            new DensePlan(encoder.Describe(LayerActivation.Linear)), new DensePlan(Wanted(Decoding(), newestOnly)), AffineLayer.Values(draws), MaxLogVariance, Dimensions.Size);

    public override Tensor Loss(Tensor windows, Tensor? observed, double progress, Generator? noise)
    {
        using var scope = NewDisposeScope();
        (Tensor mean, Tensor logVariance) = Posterior(windows); // (B, Z)
        Tensor code = mean;
        if (noise is not null)
            code = mean + (logVariance * 0.5).exp() * randn(mean.shape, generator: noise).to(mean.device);

        Tensor error = SquaredError(Decode(code), windows, observed);
        if (noise is not null)
            Follow(error);
        Tensor likelihood = (error + LeastVariance).log() * (0.5 * Dimensions.Size);
        Tensor divergence = Divergence(mean, logVariance).sum();
        return ((likelihood + divergence * BetaAt(noise is null ? 1 : progress)) / Dimensions.Size).MoveToOuterDisposeScope();
    }

    /// <summary>Weight of the divergence when so much of the training is over.</summary>
    internal double BetaAt(double progress) => Options.Beta * Math.Min(1, progress / Math.Max(Options.BetaWarmup, 1e-9));

    internal override DescentNetwork ForDescent(int rows) => new VariationalDescent(this, encoder, decoder, AffineLayer.Values(variance)[0], rows);

    internal void SetVariance(double value)
    {
        using var scope = NewDisposeScope();
        using var noGrad = no_grad();
        variance.fill_(value);
    }

    /// <summary>New windows as the network believes normal ones to be: codes from the prior, decoded, with the decoder's noise.</summary>
    /// <param name="count">N.</param>
    /// <param name="generator">Where codes and noise come from, on the CPU.</param>
    /// <returns>(N, D), scaled values.</returns>
    public Tensor Generate(int count, Generator generator)
    {
        using var scope = NewDisposeScope();
        using var noGrad = no_grad();
        Tensor mean = Decode(randn([count, Options.Latent], generator: generator).to(variance.device)); // (N, D)
        Tensor noise = randn([count, Dimensions.Size], generator: generator).to(variance.device);
        return (mean + noise * variance.sqrt()).MoveToOuterDisposeScope();
    }

    /// <summary>What each dimension of the code carries, and how the codes of all windows together compare with the prior.</summary>
    public override IEnumerable<PropertyFigure> Measure(Tensor windows)
    {
        (Tensor mean, Tensor logVariance) = Posterior(windows); // (B, Z)
        Tensor centre = mean.mean([0L]);
        Tensor spread = (mean - centre).square().mean([0L]) + logVariance.exp().mean([0L]);
        return
        [
            new PropertyFigure("divergence of each dimension of the code from its prior, nats", Values(Divergence(mean, logVariance))),
            new PropertyFigure("mean of each dimension of the code over all windows (prior: 0)", Values(centre)),
            new PropertyFigure("variance of each dimension of the code over all windows (prior: 1)", Values(spread)),
        ];
    }

    private IEnumerable<AffineLayer> Decoding() => decoder.Describe(Activations.BehindOutput(Options.OutputActivation));

    private (Tensor Mean, Tensor LogVariance) Posterior(Tensor windows)
    {
        Tensor posterior = encoder.forward(windows); // (B, 2 Z)
        return (posterior.narrow(1, 0, Options.Latent), posterior.narrow(1, Options.Latent, Options.Latent).clamp(-MaxLogVariance, MaxLogVariance));
    }

    private Tensor Decode(Tensor code) => Activations.ApplyToOutput(Options.OutputActivation, decoder.forward(code)); // (B, D)

    /// <summary>Mean over the windows of KL(posterior ‖ prior) for each dimension, (Z).</summary>
    private static Tensor Divergence(Tensor mean, Tensor logVariance) =>
        (mean.square() + logVariance.exp() - 1 - logVariance).mean([0L]) * 0.5;

    private void Follow(Tensor error)
    {
        using var noGrad = no_grad();
        variance.mul_(1 - VarianceRate).add_(error.detach() * VarianceRate);
    }
}
