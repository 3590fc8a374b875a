using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Detector.Models.Autoencoders;

/// <summary>
/// Linear autoencoder. Its optimum spans the leading principal components (Baldi and Hornik 1989), so it is solved in closed form
/// from the eigenvectors of the covariance; for very wide windows from the singular vectors of a sample.
/// </summary>
public sealed class LinearAutoencoder : Autoencoder
{
    private const int MaxExactSize = 2048;
    private const int MaxSampleRows = 1024;
    private const int BlockRows = 4096;

    private readonly Parameter mean; // (D)
    private readonly Parameter components; // (D, Z), orthonormal columns

    public LinearAutoencoder(WindowDimensions dimensions, NetworkOptions options)
        : base("linear", dimensions, options)
    {
        int latent = Math.Min(options.Latent, dimensions.Size - 1);
        mean = new Parameter(zeros(dimensions.Size), requires_grad: false);
        components = new Parameter(zeros(dimensions.Size, latent), requires_grad: false);
        RegisterComponents();
        mean.DetachFromDisposeScope();
        components.DetachFromDisposeScope();
    }

    public override Tensor Encode(Tensor windows)
    {
        using var scope = NewDisposeScope();
        return (windows - mean).matmul(components).MoveToOuterDisposeScope();
    }

    public override Tensor forward(Tensor windows)
    {
        using var scope = NewDisposeScope();
        return (Encode(windows).matmul(components.t()) + mean).MoveToOuterDisposeScope();
    }

    public override Tensor Loss(Tensor windows, Tensor? observed, double progress, Generator? noise) =>
        SquaredError(forward(windows), windows, observed);

    public override bool TrySolve(Tensor windows)
    {
        using var scope = NewDisposeScope();
        using var noGrad = no_grad();
        (Tensor centre, Tensor directions) = Dimensions.Size <= MaxExactSize ? OfCovariance(windows) : OfSample(windows); // (D), (D, ≤ Z)
        mean.copy_(centre);
        components.zero_();
        components.narrow(1, 0, directions.shape[1]).copy_(directions);
        return true;
    }

    private (Tensor Centre, Tensor Directions) OfCovariance(Tensor windows)
    {
        long count = windows.shape[0];
        Tensor sum = zeros(Dimensions.Size, ScalarType.Float64, windows.device); // (D)
        Tensor products = zeros(Dimensions.Size, Dimensions.Size, ScalarType.Float64, windows.device); // (D, D)
        for (long at = 0; at < count; at += BlockRows)
        {
            using var scope = NewDisposeScope();
            Tensor block = windows.narrow(0, at, Math.Min(BlockRows, count - at)).to(ScalarType.Float64);
            sum.add_(block.sum([0L]));
            products.add_(block.t().matmul(block));
        }

        Tensor centre = sum / count;
        Tensor covariance = products / count - centre.unsqueeze(1) * centre; // values are within ±20, so float64 loses nothing that matters
        (_, Tensor vectors) = linalg.eigh(covariance); // eigenvalues ascend
        long latent = components.shape[1];
        return (centre, vectors.narrow(1, Dimensions.Size - latent, latent));
    }

    /// <summary>A covariance this wide would not fit; a thousand windows spread over the range tell the leading directions.</summary>
    private (Tensor Centre, Tensor Directions) OfSample(Tensor windows)
    {
        long count = Math.Min(windows.shape[0], MaxSampleRows);
        Tensor indices = linspace(0, windows.shape[0] - 1, count, ScalarType.Float64).round().to(ScalarType.Int64).to(windows.device);
        Tensor sample = windows.index_select(0, indices).to(ScalarType.Float64); // (N, D)
        Tensor centre = sample.mean([0L]);
        (_, _, Tensor rightTransposed) = linalg.svd(sample.sub_(centre), fullMatrices: false); // (min(N, D), D), singular values descend
        long latent = Math.Min(components.shape[1], rightTransposed.shape[0]);
        return (centre, rightTransposed.narrow(0, 0, latent).t());
    }
}
