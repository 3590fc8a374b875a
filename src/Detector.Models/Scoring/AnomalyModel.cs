using TensorPrimitives = System.Numerics.Tensors.TensorPrimitives;
using System.Runtime.InteropServices;
using Detector.Models.Autoencoders;
using Detector.Models.Scaling;
using static TorchSharp.torch;

namespace Detector.Models.Scoring;

/// <summary>
/// A trained model of normal operation: networks, and the views of their residuals that make up the score. Immutable once trained.
/// The score of a window is the mean over the views of log(1 + e / reference); it says how unusual the window's newest time is and
/// depends on nothing but the window.
/// </summary>
public sealed class AnomalyModel : IDisposable
{
    private readonly Autoencoder[] _networks;
    private readonly MemberView[] _views;
    private readonly Device _device;
    private readonly bool _hides;

    internal AnomalyModel(
        IReadOnlyList<string> features, FeatureScaler scaler, WindowDimensions dimensions, Autoencoder[] networks, MemberView[] views,
        float[] noise, Device device)
    {
        Features = features;
        Scaler = scaler;
        Dimensions = dimensions;
        Noise = noise;
        _networks = networks;
        _views = views;
        _device = device;
        _hides = networks.Any(network => network.HidesNewestRow);
        Networks = [.. networks.Select(network => network.Name)];
    }

    /// <summary>Names of the F features, in the order of the window's columns.</summary>
    public IReadOnlyList<string> Features { get; }

    public FeatureScaler Scaler { get; }

    public WindowDimensions Dimensions { get; }

    /// <summary>Names of the networks.</summary>
    public IReadOnlyList<string> Networks { get; }

    /// <summary>Standard deviation of each feature around its expected value on held-out normal windows, scaled units.</summary>
    public IReadOnlyList<float> Noise { get; }

    internal IReadOnlyList<Autoencoder> Members => _networks;

    internal IReadOnlyList<MemberView> Views => _views;

    /// <summary>Scores the windows of a tile; scores, contributions and expected values are then in the workspace.</summary>
    /// <exception cref="ArgumentException">The tile's windows have other dimensions.</exception>
    public void Score(ScoringWorkspace tile)
    {
        if (tile.Dimensions != Dimensions)
            throw new ArgumentException($"The tile holds windows of {tile.Dimensions}, the model was trained on {Dimensions}.", nameof(tile));

        int features = Dimensions.Features;
        Array.Clear(tile.Scores, 0, tile.Count);
        Array.Clear(tile.ContributionTable, 0, tile.Count * features);
        Array.Clear(tile.ExpectedTable, 0, tile.Count * features);
        if (_hides)
            tile.HideNewestRows();

        using var noGrad = inference_mode();
        for (int n = 0; n < _networks.Length; n++)
        {
            using var scope = NewDisposeScope();
            Tensor input = (_networks[n].HidesNewestRow ? tile.Hidden : tile.Input).to(_device);
            Tensor output = _networks[n].forward(input).cpu(); // (TileRows, D)
            AddVoices(tile, n, MemoryMarshal.Cast<byte, float>(output.bytes));
        }

        for (int i = 0; i < tile.Count; i++)
            Finish(tile, i);
    }

    private void AddVoices(ScoringWorkspace tile, int network, ReadOnlySpan<float> reconstructions)
    {
        int features = Dimensions.Features;
        ReadOnlySpan<float> windows = tile.Windows;
        Span<float> residual = stackalloc float[features];
        Span<float> squares = stackalloc float[features];
        for (int i = 0; i < tile.Count; i++)
        {
            ReadOnlySpan<float> window = windows.Slice(i * Dimensions.Size, Dimensions.Size);
            ReadOnlySpan<float> reconstruction = reconstructions.Slice(i * Dimensions.Size, Dimensions.Size);
            Span<float> expected = tile.ExpectedTable.AsSpan(i * features, features);
            for (int f = 0; f < features; f++)
                expected[f] += reconstruction[Dimensions.Size - features + f] / _networks.Length;

            Span<float> contributions = tile.ContributionTable.AsSpan(i * features, features);
            foreach (MemberView view in _views)
            {
                if (view.Network != network)
                    continue;
                ResidualViews.Compute(view.View, window, reconstruction, tile.Observed(i), Dimensions, residual);
                float error = view.Standardizer.Apply(residual, squares);
                float score = view.Score(error);
                tile.Scores[i] += score;
                float weight = score / Math.Max(TensorPrimitives.Sum(squares), 1e-12f);
                for (int f = 0; f < features; f++)
                    contributions[f] += weight * squares[f];
            }
        }
    }

    private void Finish(ScoringWorkspace tile, int index)
    {
        int features = Dimensions.Features;
        tile.Scores[index] /= _views.Length;
        Span<float> contributions = tile.ContributionTable.AsSpan(index * features, features);
        float sum = 0;
        foreach (float contribution in contributions)
            sum += contribution;
        for (int f = 0; f < features; f++)
            contributions[f] = sum > 0 ? contributions[f] / sum : 1f / features;
    }

    public void Dispose()
    {
        foreach (Autoencoder network in _networks)
            network.Dispose();
    }
}
