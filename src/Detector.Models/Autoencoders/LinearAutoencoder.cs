using Detector.Models.Inference;
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

    internal override IReadOnlyList<AffineLayer> ScoringLayers()
    {
        float[] centre = AffineLayer.Values(mean);
        var decoding = new AffineLayer((int)components.shape[1], AffineLayer.Values(components), centre, LayerActivation.Linear); // (D, Z)
        return [decoding.Transposed(new float[components.shape[1]], LayerActivation.Linear).Centred(centre), decoding];
    }

    public override Tensor Loss(Tensor windows, Tensor? observed, double progress, Generator? noise) =>
        SquaredError(forward(windows), windows, observed);

    public override bool TrySolve(Tensor windows, Tensor? observed)
    {
        using var scope = NewDisposeScope();
        using var noGrad = no_grad();
        Tensor centre = Centre(windows, observed); // (D)
        Tensor directions = Dimensions.Size <= MaxExactSize
            ? OfCovariance(windows, observed, centre)
            : OfSample(windows, observed, centre); // (D, ≤ Z)
        mean.copy_(centre);
        components.zero_();
        components.narrow(1, 0, directions.shape[1]).copy_(directions);
        return true;
    }

    /// <summary>Share of the windows' variance that the components explain.</summary>
    public override IEnumerable<PropertyFigure> Measure(Tensor windows)
    {
        double residual = SquaredError(forward(windows), windows, null).item<float>();
        double variance = (windows - windows.mean([0L])).square().mean().item<float>();
        return [new PropertyFigure("explained variance", 1 - residual / Math.Max(variance, 1e-12))];
    }

    private static Tensor Centre(Tensor windows, Tensor? observed)
    {
        Tensor sum = zeros(windows.shape[1], ScalarType.Float64, windows.device); // (D)
        Tensor counts = zeros_like(sum);
        foreach ((Tensor block, Tensor? mask) in Blocks(windows, observed))
        {
            using var scope = NewDisposeScope();
            Tensor seen = mask is null ? ones_like(block, ScalarType.Float64) : mask.to(ScalarType.Float64); // (N, D)
            sum.add_((seen * block).sum([0L]));
            counts.add_(seen.sum([0L]));
        }

        return sum / counts.clamp(1);
    }

    /// <summary>Eigenvectors of the covariance, each entry of which rests on the windows in which both of its values were measured.</summary>
    private Tensor OfCovariance(Tensor windows, Tensor? observed, Tensor centre)
    {
        Tensor products = zeros(Dimensions.Size, Dimensions.Size, ScalarType.Float64, windows.device); // (D, D)
        Tensor counts = zeros_like(products);
        foreach ((Tensor block, Tensor? mask) in Blocks(windows, observed))
        {
            using var scope = NewDisposeScope();
            Tensor deviation = block.to(ScalarType.Float64) - centre; // (N, D)
            if (mask is not null)
            {
                Tensor seen = mask.to(ScalarType.Float64);
                deviation = deviation * seen;
                counts.add_(seen.t().mm(seen));
            }

            products.add_(deviation.t().mm(deviation));
        }

        Tensor covariance = observed is null ? products / windows.shape[0] : products / counts.clamp(1);
        (_, Tensor vectors) = linalg.eigh(covariance); // eigenvalues ascend
        long latent = components.shape[1];
        return vectors.narrow(1, Dimensions.Size - latent, latent);
    }

    /// <summary>A covariance this wide would not fit; a thousand windows spread over the range tell the leading directions.</summary>
    private Tensor OfSample(Tensor windows, Tensor? observed, Tensor centre)
    {
        long count = Math.Min(windows.shape[0], MaxSampleRows);
        Tensor indices = linspace(0, windows.shape[0] - 1, count, ScalarType.Float64).round().to(ScalarType.Int64).to(windows.device);
        Tensor deviation = windows.index_select(0, indices).to(ScalarType.Float64) - centre; // (N, D)
        if (observed is not null)
            deviation = deviation * observed.index_select(0, indices);
        (_, _, Tensor rightTransposed) = linalg.svd(deviation, fullMatrices: false); // (min(N, D), D), singular values descend
        long latent = Math.Min(components.shape[1], rightTransposed.shape[0]);
        return rightTransposed.narrow(0, 0, latent).t();
    }

    private static IEnumerable<(Tensor Windows, Tensor? Observed)> Blocks(Tensor windows, Tensor? observed)
    {
        for (long at = 0; at < windows.shape[0]; at += BlockRows)
        {
            long rows = Math.Min(BlockRows, windows.shape[0] - at);
            yield return (windows.narrow(0, at, rows), observed?.narrow(0, at, rows));
        }
    }
}
