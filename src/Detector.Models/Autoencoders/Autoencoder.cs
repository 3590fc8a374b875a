using System.Runtime.InteropServices;
using Detector.Models.Descent;
using Detector.Models.Inference;
using TorchSharp;
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

    /// <summary>Training loss of a batch, a scalar; see <see cref="LossFunction"/>.</summary>
    public abstract Tensor Loss(Tensor windows, Tensor? observed, double progress, Generator? noise);

    /// <summary>
    /// What scoring holds against the window: (B, D) → (B, D), deterministic, each window by itself. The residual of a value is the value less
    /// this; the reconstruction itself, unless the network has a better measure of how badly it explains a value (<see cref="Blend"/>).
    /// </summary>
    public virtual Tensor Score(Tensor windows) => forward(windows);

    /// <summary><see cref="Score"/> as layers one after the other; null when the network is more than that.</summary>
    internal virtual IReadOnlyList<AffineLayer>? ScoringLayers() => null;

    /// <summary>Compiles <see cref="Score"/> as the network is now, with the newest row hidden if it <see cref="HidesNewestRow"/>; null when torch has to run it.</summary>
    /// <param name="newestOnly">Whether the newest row of the result is all that is wanted.</param>
    internal virtual NetworkPlan? Compile(bool newestOnly)
    {
        if (ScoringLayers() is not { } described)
            return null;
        AffineLayer[] layers = Wanted(described, newestOnly);
        if (HidesNewestRow)
            layers[0] = layers[0].HidingLast(Dimensions.Features);
        return new DensePlan(layers);
    }

    /// <summary>The network as it is trained on the CPU without tensors, in its one phase; null when torch trains it.</summary>
    /// <param name="rows">Most windows in a batch.</param>
    internal virtual DescentNetwork? ForDescent(int rows) => null;

    /// <summary>
    /// The course of gradient descent, one phase after the other; the last one judges the network. One phase that lowers <see cref="Loss"/> unless
    /// the network needs more.
    /// </summary>
    public virtual IReadOnlyList<TrainingPhase> Phases() => [new TrainingPhase([new Objective([.. parameters()], Loss)], Loss)];

    /// <summary>Fits the network in closed form.</summary>
    /// <param name="windows">(N, D).</param>
    /// <param name="observed">(N, D), 1 where the value was measured, 0 where it was filled; null when nothing is missing.</param>
    /// <returns>False if it has none and is to be trained by gradient descent.</returns>
    public virtual bool TrySolve(Tensor windows, Tensor? observed) => false;

    /// <summary>Figures that show the property the network exists for, on windows (N, D) it did not learn from; none unless it says otherwise.</summary>
    public virtual IEnumerable<PropertyFigure> Measure(Tensor windows) => [];

    /// <summary>Mean squared error of the reconstruction over the observed values, a scalar; what training must not make worse.</summary>
    internal Tensor ReconstructionError(Tensor windows, Tensor? observed)
    {
        using var scope = NewDisposeScope();
        return SquaredError(forward(windows), windows, observed).MoveToOuterDisposeScope();
    }

    /// <summary>
    /// The reconstruction whose residual is, for each value, the root of the weighted mean of several reconstructions' squared residuals, with the
    /// sign of their weighted mean: so several of them make one residual, and what comes after need not know.
    /// </summary>
    /// <param name="windows">(B, D).</param>
    /// <param name="parts">Reconstructions (B, D), each with its weight, made one at a time; the weights add up to 1.</param>
    protected static Tensor Blend(Tensor windows, IEnumerable<(Tensor Reconstruction, double Weight)> parts)
    {
        using var scope = NewDisposeScope();
        Tensor exact = windows.to(ScalarType.Float32), mean = zeros_like(exact), square = zeros_like(exact); // (B, D), squares need the range
        using IEnumerator<(Tensor Reconstruction, double Weight)> next = parts.GetEnumerator();
        while (true)
        {
            using var partScope = NewDisposeScope(); // the parts are made in here and end with it
            if (!next.MoveNext())
                break;
            Tensor residual = exact - next.Current.Reconstruction;
            mean.add_(residual * next.Current.Weight);
            square.add_(residual.square() * next.Current.Weight);
        }

        return (exact - mean.sign() * square.sqrt()).MoveToOuterDisposeScope();
    }

    /// <summary>Layers that end in a window, or in its newest row.</summary>
    private protected AffineLayer[] Wanted(IEnumerable<AffineLayer> layers, bool newestOnly)
    {
        AffineLayer[] wanted = [.. layers];
        if (newestOnly)
            wanted[^1] = wanted[^1].Only(Dimensions.Size - Dimensions.Features, Dimensions.Features);
        return wanted;
    }

    /// <summary>A network with the same weights in other numbers, on the same device; to be scored, not trained.</summary>
    internal Autoencoder In(ScalarType type)
    {
        using Generator generator = new(0, CPU);
        Autoencoder copy = AutoencoderFactory.Create(Name, Dimensions, Options, generator);
        using var scope = NewDisposeScope();
        using var noGrad = no_grad();
        foreach ((Tensor own, Tensor given) in copy.state_dict().Values.Zip(state_dict().Values))
            own.copy_(given);
        _ = copy.to(parameters().First().device).to(type);
        copy.eval();
        return copy;
    }

    /// <summary>The values of a tensor (Z), for a figure.</summary>
    protected static double[] Values(Tensor tensor)
    {
        using var scope = NewDisposeScope();
        return [.. MemoryMarshal.Cast<byte, float>(tensor.detach().cpu().contiguous().bytes).ToArray().Select(value => (double)value)];
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
