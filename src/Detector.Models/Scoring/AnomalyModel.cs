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
    private readonly Reconstructor[] _reconstructors;

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
        _reconstructors = [.. networks.Select(network => new Reconstructor(network, device))];
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

        if (tile.Count == 0)
            return;

        int features = Dimensions.Features;
        Array.Clear(tile.Scores, 0, tile.Count);
        Array.Clear(tile.ContributionTable, 0, tile.Count * features);
        Array.Clear(tile.ExpectedTable, 0, tile.Count * features);
        for (int n = 0; n < _networks.Length; n++)
        {
            _reconstructors[n].Run(tile);
            AddVoices(tile, n);
        }

        for (int i = 0; i < tile.Count; i++)
            Finish(tile, i);
    }

    private void AddVoices(ScoringWorkspace tile, int network)
    {
        int features = Dimensions.Features;
        for (int i = 0; i < tile.Count; i++)
        {
            ReadOnlySpan<float> reconstruction = tile.Reconstruction(i);
            Span<float> expected = tile.ExpectedTable.AsSpan(i * features, features);
            for (int f = 0; f < features; f++)
                expected[f] += reconstruction[Dimensions.Size - features + f] / _networks.Length;

            foreach (MemberView view in _views)
            {
                if (view.Network != network)
                    continue;
                ResidualViews.Compute(view.View, tile.Window(i), reconstruction, tile.Observed(i), Dimensions, tile.Residual);
                float error = view.Standardizer.Apply(tile.Residual, tile.Squares);
                AddVoice(tile, i, view.Score(error));
            }
        }
    }

    /// <summary>A voice's score, shared out among the features by their squares.</summary>
    private void AddVoice(ScoringWorkspace tile, int index, float score)
    {
        tile.Scores[index] += score;
        float weight = score / Math.Max(Sum(tile.Squares), 1e-12f);
        Span<float> contributions = tile.ContributionTable.AsSpan(index * Dimensions.Features, Dimensions.Features);
        for (int f = 0; f < contributions.Length; f++)
            contributions[f] += weight * tile.Squares[f];
    }

    private void Finish(ScoringWorkspace tile, int index)
    {
        int features = Dimensions.Features;
        tile.Scores[index] /= _views.Length;
        Span<float> contributions = tile.ContributionTable.AsSpan(index * features, features);
        float sum = Sum(contributions);
        for (int f = 0; f < features; f++)
            contributions[f] = sum > 0 ? contributions[f] / sum : 1f / features;
    }

    private static float Sum(ReadOnlySpan<float> values)
    {
        float sum = 0;
        foreach (float value in values)
            sum += value;
        return sum;
    }

    public void Dispose()
    {
        foreach (Autoencoder network in _networks)
            network.Dispose();
    }
}
