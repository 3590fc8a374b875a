using static TorchSharp.torch;

namespace Detector.Models.Autoencoders;

/// <summary>
/// Denoising autoencoder (Vincent et al. 2008): sees a corrupted window and is asked for the clean one. The corruption is Gaussian noise,
/// random masking, and, in every other window, a hidden newest row; scoring hides the newest row, so its residual is a prediction error.
/// </summary>
public sealed class DenoisingAutoencoder : Autoencoder
{
    private readonly Perceptron encoder;
    private readonly Perceptron decoder;

    public DenoisingAutoencoder(WindowDimensions dimensions, NetworkOptions options, Generator generator)
        : base("denoising", dimensions, options)
    {
        encoder = new Perceptron("encoder", [dimensions.Size, .. options.Hidden, options.Latent]);
        decoder = new Perceptron("decoder", [options.Latent, .. options.Hidden.Reverse(), dimensions.Size]);
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
        Tensor code = nn.functional.relu(encoder.forward(windows)); // (B, Z)
        return decoder.forward(code).MoveToOuterDisposeScope();
    }

    public override Tensor Loss(Tensor windows, Tensor? observed, double progress, Generator? noise)
    {
        using var scope = NewDisposeScope();
        Tensor input = Corrupt(windows, noise);
        return SquaredError(forward(input), windows, observed).MoveToOuterDisposeScope();
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
        return (hidden + jitter) * keep.to(ScalarType.Float32);
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
