using Detector.Models.Autoencoders;

namespace Detector.Models.Inference;

/// <summary>
/// A trained network of fully connected layers, compiled for scoring: packed weights and fused activations, no tensors, and of the last layer only what
/// is asked for. Immutable; what it works in belongs to the caller. Windows get the same bits whatever they are run with.
/// </summary>
internal sealed class NetworkPlan
{
    private readonly PackedLayer[] _layers;

    private NetworkPlan(IReadOnlyList<AffineLayer> layers) => _layers = [.. layers.Select(layer => new PackedLayer(layer))];

    /// <summary>Values of a window's result.</summary>
    public int Outputs => _layers[^1].Outputs;

    /// <summary>Values between the results of two windows.</summary>
    public int OutputStride => _layers[^1].Width;

    /// <summary>Multiplications and additions that a window takes.</summary>
    public long Operations => _layers.Sum(layer => 2L * layer.Inputs * layer.Outputs);

    /// <summary>Memory of the weights, bytes.</summary>
    public long Bytes => _layers.Sum(layer => layer.Bytes);

    /// <summary>The plan of a network; null for one that is more than fully connected layers.</summary>
    /// <param name="newestOnly">Whether the newest row of the reconstruction is all that is wanted.</param>
    public static NetworkPlan? Of(Autoencoder network, bool newestOnly)
    {
        if (network.ScoringLayers() is not { } described)
            return null;
        List<AffineLayer> layers = [.. described];
        WindowDimensions dimensions = network.Dimensions;
        if (network.HidesNewestRow)
            layers[0] = layers[0].HidingLast(dimensions.Features);
        if (newestOnly)
            layers[^1] = layers[^1].Only(dimensions.Size - dimensions.Features, dimensions.Features);
        return new NetworkPlan(layers);
    }

    /// <summary>Runs windows through the network.</summary>
    /// <param name="windows">(rows, D) scaled values.</param>
    /// <param name="size">D.</param>
    /// <param name="rows">Windows.</param>
    /// <param name="scratch">What it works in.</param>
    /// <returns>(rows, <see cref="OutputStride"/>), of each row the first <see cref="Outputs"/>; in the scratch, valid until it is used again.</returns>
    public AlignedFloats Run(ReadOnlySpan<float> windows, int size, int rows, PlanScratch scratch)
    {
        ReadOnlySpan<float> input = windows;
        int stride = size;
        for (int i = 0; i < _layers.Length; i++)
        {
            PackedLayer layer = _layers[i];
            Span<float> output = scratch.Take(i, rows * layer.Width);
            DenseKernel.Run(layer, input, stride, rows, output);
            LayerActivations.Apply(layer.Activation, output);
            input = output;
            stride = layer.Width;
        }

        return scratch.Of(_layers.Length - 1);
    }
}
