using Detector.Models.Autoencoders;
using Detector.Models.Scaling;
using Detector.Models.Scoring;
using Detector.Models.Statistics;
using static TorchSharp.torch;

namespace Detector.Models.Training;

/// <summary>Turns fitted networks into a model: the scale of each view's residual, its reference error, and the noise around expected values.</summary>
internal static class Calibration
{
    /// <summary>Weight of the diagonal in the residuals' covariance: few windows, and those in a row alike, tell little about correlations.</summary>
    private const double DiagonalWeight = 0.1;

    /// <summary>Least standard deviation of a residual, in scaled units: below a twentieth of normal variation nothing is an anomaly.</summary>
    private const double NoiseFloor = 0.05;

    /// <summary>Share of the held-out windows below the reference error.</summary>
    private const double ReferenceQuantile = 0.99;

    private static readonly ResidualView[] s_views = [ResidualView.Row, ResidualView.Level];

    public static AnomalyModel Complete(
        IReadOnlyList<string> features, FeatureScaler scaler, Autoencoder[] networks, WindowSet training, WindowSet validation, Device device)
    {
        WindowDimensions dimensions = training.Dimensions;
        var views = new List<MemberView>();
        for (int n = 0; n < networks.Length; n++)
        {
            float[][] seen = Residuals(networks[n], training, device);
            float[][] held = Residuals(networks[n], validation, device);
            for (int v = 0; v < s_views.Length; v++)
                views.Add(Fit(n, s_views[v], seen[v], held[v], dimensions.Features));
        }

        float[] noise = new float[dimensions.Features];
        var model = new AnomalyModel(features, scaler, dimensions, networks, [.. views], noise, device);
        MeasureNoise(model, validation, noise);
        return model;
    }

    /// <summary>Scores of the windows, in order.</summary>
    public static double[] Scores(AnomalyModel model, WindowSet windows)
    {
        double[] scores = new double[windows.Count];
        ForEachTile(windows, (tile, start) =>
        {
            model.Score(tile);
            tile.Scores.AsSpan(0, tile.Count).CopyTo(scores.AsSpan(start));
        });
        return scores;
    }

    private static MemberView Fit(int network, ResidualView view, float[] seen, float[] held, int features)
    {
        double[] all = [.. seen, .. held];
        CovarianceEstimate covariance = Shrinkage.Covariance(all, features, DiagonalWeight);
        for (int f = 0; f < features; f++)
            covariance.Matrix[f * features + f] = Math.Max(covariance.Matrix[f * features + f], NoiseFloor * NoiseFloor);
        Whitening whitening = Whitening.Of(covariance);
        var standardizer = new ResidualStandardizer(whitening.Mean, whitening.Matrix);
        double[] errors = new double[held.Length / features];
        float[] squares = new float[features];
        for (int i = 0; i < errors.Length; i++)
            errors[i] = standardizer.Apply(held.AsSpan(i * features, features), squares);
        double reference = Quantiles.Of(errors, ReferenceQuantile);
        return new MemberView(network, view, standardizer, (float)Math.Max(reference, 1e-3));
    }

    /// <summary>Residual vectors of every window: one array a view, N × F.</summary>
    private static float[][] Residuals(Autoencoder network, WindowSet windows, Device device)
    {
        WindowDimensions dimensions = windows.Dimensions;
        int features = dimensions.Features;
        float[][] residuals = [.. s_views.Select(_ => new float[windows.Count * features])];
        var reconstructor = new Reconstructor(network, device);
        ForEachTile(windows, (tile, start) =>
        {
            reconstructor.Run(tile);
            for (int i = 0; i < tile.Count; i++)
            {
                for (int v = 0; v < s_views.Length; v++)
                {
                    Span<float> residual = residuals[v].AsSpan((start + i) * features, features);
                    ResidualViews.Compute(s_views[v], tile.Window(i), tile.Reconstruction(i), tile.Observed(i), dimensions, residual);
                }
            }
        });
        return residuals;
    }

    private static void MeasureNoise(AnomalyModel model, WindowSet windows, float[] noise)
    {
        int features = noise.Length;
        double[] squares = new double[features];
        long[] counts = new long[features];
        ForEachTile(windows, (tile, _) =>
        {
            model.Score(tile);
            for (int i = 0; i < tile.Count; i++)
            {
                ReadOnlySpan<float> newest = tile.Window(i)[^features..];
                ReadOnlySpan<float> observed = tile.Observed(i);
                for (int f = 0; f < features; f++)
                {
                    if (!observed.IsEmpty && observed[^(features - f)] == 0)
                        continue;
                    double error = newest[f] - tile.Expected(i)[f];
                    squares[f] += error * error;
                    counts[f]++;
                }
            }
        });
        for (int f = 0; f < features; f++)
            noise[f] = (float)Math.Max(NoiseFloor, Math.Sqrt(squares[f] / Math.Max(1, counts[f])));
    }

    private static void ForEachTile(WindowSet windows, Action<ScoringWorkspace, int> act)
    {
        using var tile = new ScoringWorkspace(windows.Dimensions);
        for (int i = 0; i < windows.Count; i++)
        {
            tile.AddScaled(windows.Window(i), windows.Observed(i));
            if (!tile.IsFull && i < windows.Count - 1)
                continue;
            act(tile, i + 1 - tile.Count);
            tile.Clear();
        }
    }
}
