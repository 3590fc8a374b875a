using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Detector.Models.Autoencoders;

/// <summary>
/// Linear autoencoder. Its optimum spans the leading principal components (Baldi and Hornik 1989), so it is solved in closed form
/// from the eigenvectors of the covariance.
/// </summary>
public sealed class LinearAutoencoder : Autoencoder
{
    private readonly Parameter mean; // (D)
    private readonly Parameter components; // (D, Z), orthonormal columns

    public LinearAutoencoder(WindowDimensions dimensions, NetworkOptions options)
        : base("linear", dimensions, options)
    {
        int latent = Math.Min(options.Latent, dimensions.Size - 1);
        mean = new Parameter(zeros(dimensions.Size), requires_grad: false);
        components = new Parameter(zeros(dimensions.Size, latent), requires_grad: false);
        RegisterComponents();
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
        Tensor exact = windows.to(ScalarType.Float64); // (N, D)
        Tensor centre = exact.mean([0L]);
        Tensor centred = exact - centre;
        Tensor covariance = centred.t().matmul(centred) / Math.Max(1, windows.shape[0] - 1); // (D, D)
        (_, Tensor vectors) = linalg.eigh(covariance); // eigenvalues ascend
        long latent = components.shape[1];
        mean.copy_(centre);
        components.copy_(vectors.narrow(1, vectors.shape[1] - latent, latent));
        return true;
    }
}
