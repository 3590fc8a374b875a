using static TorchSharp.torch;

namespace Detector.Models.Autoencoders;

/// <summary>
/// The contract of every network: it is fitted on normal windows, reconstructs a window and encodes it.
/// Windows are scaled, laid out row by row, with missing values filled; B is the batch, D = T × F.
/// </summary>
public abstract class Autoencoder(string name, WindowDimensions dimensions, NetworkOptions options) : nn.Module<Tensor, Tensor>(name)
{
    /// <summary>Name in the configuration.</summary>
    public string Name { get; } = name;

    public WindowDimensions Dimensions { get; } = dimensions;

    public NetworkOptions Options { get; } = options;

    /// <summary>
    /// Whether scoring hides the newest row from the network (it sees the row before in its place), so that the row's
    /// reconstruction is a prediction from the rest of the window.
    /// </summary>
    public virtual bool HidesNewestRow => false;

    /// <summary>Reconstruction without any randomness: (B, D) → (B, D).</summary>
    public abstract override Tensor forward(Tensor windows);

    /// <summary>Latent code: (B, D) → (B, Z).</summary>
    public abstract Tensor Encode(Tensor windows);

    /// <summary>Training loss of a batch, a scalar.</summary>
    /// <param name="windows">(B, D).</param>
    /// <param name="observed">(B, D), 1 where the value was measured, 0 where it was filled; null when nothing is missing.</param>
    /// <param name="progress">Share of the training that is over, 0…1.</param>
    /// <param name="noise">Source of corruption and sampling; null on validation windows, where the loss is deterministic.</param>
    public abstract Tensor Loss(Tensor windows, Tensor? observed, double progress, Generator? noise);

    /// <summary>Fits the network in closed form.</summary>
    /// <returns>False if it has none and is to be trained by gradient descent.</returns>
    public virtual bool TrySolve(Tensor windows) => false;

    /// <summary>Mean squared error of the reconstruction over the observed values, a scalar; what training must not make worse.</summary>
    internal Tensor ReconstructionError(Tensor windows, Tensor? observed)
    {
        using var scope = NewDisposeScope();
        return SquaredError(forward(windows), windows, observed).MoveToOuterDisposeScope();
    }

    /// <summary>Mean squared error over the observed values, a scalar.</summary>
    protected static Tensor SquaredError(Tensor reconstruction, Tensor windows, Tensor? observed)
    {
        using var scope = NewDisposeScope();
        Tensor squares = (reconstruction - windows).square(); // (B, D)
        Tensor mean = observed is null ? squares.mean() : (squares * observed).sum() / observed.sum().clamp(1);
        return mean.MoveToOuterDisposeScope();
    }
}
