using Detector.Models.Descent;
using Detector.Models.Inference;
using static TorchSharp.torch;

namespace Detector.Models.Autoencoders;

/// <summary>
/// Denoising autoencoder (Vincent et al. 2008): sees a corrupted window and is asked for the clean one. The corruption is Gaussian noise, random
/// masking, values swapped with those of another window, and, in every other window, a hidden newest row; scoring hides the newest row, so its
/// residual is a prediction error.
/// </summary>
public sealed class DenoisingAutoencoder : Autoencoder
{
    private readonly Perceptron encoder;
    private readonly Perceptron decoder;

    public DenoisingAutoencoder(WindowDimensions dimensions, NetworkOptions options, Generator generator)
        : base("denoising", dimensions, options)
    {
        encoder = new Perceptron("encoder", [dimensions.Size, .. options.Hidden, options.Latent], options.Activation);
        decoder = new Perceptron("decoder", [options.Latent, .. options.Hidden.Reverse(), dimensions.Size], options.Activation);
        RegisterComponents();
        encoder.Initialise(generator);
        decoder.Initialise(generator);
    }

    /// <summary>True, but for a window of one row, which has no row before.</summary>
    public override bool HidesNewestRow => Dimensions.Rows > 1;

    public override Tensor Encode(Tensor windows) => encoder.forward(windows);

    public override Tensor forward(Tensor windows)
    {
        using var scope = NewDisposeScope();
        Tensor code = Activations.Apply(Options.Activation, encoder.forward(windows)); // (B, Z)
        return Activations.ApplyToOutput(Options.OutputActivation, decoder.forward(code)).MoveToOuterDisposeScope(); // (B, D)
    }

    internal override IReadOnlyList<AffineLayer> ScoringLayers() =>
        [.. encoder.Describe(Activations.Behind(Options.Activation)), .. decoder.Describe(Activations.BehindOutput(Options.OutputActivation))];

    internal override DescentNetwork ForDescent(int rows) => new DenoisingDescent(this, encoder, decoder, Activations.Behind(Options.Activation), rows);

    public override Tensor Loss(Tensor windows, Tensor? observed, double progress, Generator? noise)
    {
        using var scope = NewDisposeScope();
        Tensor input = Corrupt(windows, noise);
        return SquaredError(forward(input), windows, observed).MoveToOuterDisposeScope();
    }

    /// <summary>How much of the corruption is left when it has been through the network.</summary>
    public override IEnumerable<PropertyFigure> Measure(Tensor windows)
    {
        using Generator noise = new(1, CPU);
        Tensor corrupted = Corrupt(windows, noise); // (B, D)
        double left = SquaredError(forward(corrupted), windows, null).item<float>() / SquaredError(corrupted, windows, null).item<float>();
        return [new PropertyFigure("share of the corruption that is left after reconstruction", left)];
    }

    private Tensor Corrupt(Tensor windows, Generator? noise)
    {
        long batch = windows.shape[0];
        if (noise is null)
            return HidesNewestRow ? HideNewest(windows, null) : windows;

        Tensor? hide = HidesNewestRow ? rand([batch, 1, 1], generator: noise).to(windows.device).lt(0.5) : null; // (B, 1, 1)
        Tensor hidden = hide is null ? windows : HideNewest(windows, hide);
        Tensor keep = rand([batch, Dimensions.Size], generator: noise).to(windows.device).ge(Options.CorruptionMasking);
        Tensor jitter = randn([batch, Dimensions.Size], generator: noise).to(windows.device) * Options.CorruptionNoise;
        Tensor corrupted = (hidden + jitter) * keep.to(ScalarType.Float32); // (B, D)
        return Options.CorruptionSwap > 0 ? Swap(corrupted, windows, noise) : corrupted;
    }

    /// <summary>Takes some values from another window of the batch: what is normal by itself, but not beside the rest.</summary>
    private Tensor Swap(Tensor corrupted, Tensor windows, Generator noise)
    {
        Tensor others = windows.index_select(0, randperm(windows.shape[0], generator: noise).to(windows.device)); // (B, D)
        Tensor swap = rand(windows.shape, generator: noise).to(windows.device).lt(Options.CorruptionSwap);
        return where(swap, others, corrupted);
    }

    /// <summary>Puts the row before in the newest row's place, in all windows or where <paramref name="hide"/> says so.</summary>
    private Tensor HideNewest(Tensor windows, Tensor? hide)
    {
        Tensor rows = windows.view(windows.shape[0], Dimensions.Rows, Dimensions.Features); // (B, T, F)
        Tensor past = rows.narrow(1, 0, Dimensions.Rows - 1);
        Tensor previous = rows.narrow(1, Dimensions.Rows - 2, 1);
        Tensor newest = hide is null ? previous : where(hide, previous, rows.narrow(1, Dimensions.Rows - 1, 1));
        return cat([past, newest], 1).view(windows.shape[0], Dimensions.Size);
    }
}
