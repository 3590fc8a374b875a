using System.Globalization;
using System.Runtime.InteropServices;
using Detector.Models.Autoencoders;
using Detector.Models.Compute;
using Detector.Models.Scoring;
using Detector.Models.Statistics;
using Detector.Models.Thresholds;
using static TorchSharp.torch;

namespace Detector.Models.Training;

/// <summary>Looks at a trained model on the windows of its training range.</summary>
internal sealed class DiagnosticsCollector(AnomalyModel model, WindowSet training, WindowSet validation, ComputeDevice compute)
{
    private const int ScoreBins = 60, TailPoints = 60, ResidualBins = 31;
    private const int MaxFeatures = 24, MaxResiduals = 2048, MaxCodes = 300;

    /// <summary>Standard deviations that a residual's bins reach to.</summary>
    private const double Reach = 4;

    /// <param name="scores">Scores of the training range.</param>
    /// <param name="threshold">What was fitted on them.</param>
    public TrainingDiagnostics Collect(ReadOnlySpan<double> scores, IThreshold threshold) => new(
        Distribution(scores, threshold),
        [.. model.Views.OfType<NetworkView>().SelectMany(Histograms)],
        [.. model.Members.Select(Projection).OfType<LatentProjection>()]);

    private static ScoreDistribution Distribution(ReadOnlySpan<double> scores, IThreshold threshold)
    {
        double[] sorted = [.. scores];
        Array.Sort(sorted);
        double limit = double.IsFinite(threshold.Value) ? threshold.Value : sorted[^1];
        double to = Math.Max(1.1 * Math.Max(sorted[^1], limit), 1e-6), from = Quantiles.OfSorted(sorted, 0.5);
        int[] counts = new int[ScoreBins];
        foreach (double score in sorted)
            counts[Math.Clamp((int)(score / to * ScoreBins), 0, ScoreBins - 1)]++;
        double[] at = [.. Enumerable.Range(0, TailPoints).Select(i => from + (to - from) * i / (TailPoints - 1))];
        return new ScoreDistribution(
            to, counts, threshold.Value, from, [.. at.Select(score => Rounded(sorted.Count(other => other > score) / (double)sorted.Length))],
            [.. at.Select(score => Rounded(threshold.PValue(score)))]);
    }

    /// <summary>The residuals of a view, one histogram a feature.</summary>
    private IEnumerable<ResidualHistogram> Histograms(NetworkView view)
    {
        int features = model.Dimensions.Features;
        float[] residuals = Residuals(view); // (N, F)
        double[] deviations = new double[features], means = new double[features];
        for (int f = 0; f < features; f++)
            (means[f], deviations[f]) = Moments(residuals, f, features);
        foreach (int f in Enumerable.Range(0, features).OrderByDescending(f => deviations[f]).Take(MaxFeatures).Order())
        {
            double reach = Math.Max(Reach * Math.Max(deviations[f], Math.Abs(means[f])), 1e-6);
            int[] counts = new int[ResidualBins];
            for (int i = f; i < residuals.Length; i += features)
            {
                if (!float.IsNaN(residuals[i]))
                    counts[Math.Clamp((int)((residuals[i] + reach) / (2 * reach) * ResidualBins), 0, ResidualBins - 1)]++;
            }

            yield return new ResidualHistogram(
                model.Members[view.Network!.Value].Name, view.Part, model.Features[f], Rounded(means[f]), Rounded(deviations[f]), Rounded(reach), counts);
        }
    }

    /// <summary>Residual vectors of validation windows spread over the whole part, N × F, NaN where missing.</summary>
    private float[] Residuals(NetworkView view)
    {
        WindowDimensions dimensions = model.Dimensions;
        int[] chosen = Spread(validation.Count, MaxResiduals);
        float[] residuals = new float[chosen.Length * dimensions.Features];
        using var reconstructor = new Reconstructor(model.Members[view.Network!.Value], new ScoringTarget(compute));
        using var tile = new ScoringWorkspace(dimensions, ScoringWorkspace.RowsFor(compute.Device));
        for (int start = 0; start < chosen.Length; start += tile.Rows)
        {
            tile.Clear();
            int count = Math.Min(tile.Rows, chosen.Length - start);
            for (int i = 0; i < count; i++)
                tile.AddScaled(validation.Window(chosen[start + i]), validation.Observed(chosen[start + i]));
            reconstructor.Run(tile);
            for (int i = 0; i < count; i++)
            {
                Span<float> residual = residuals.AsSpan((start + i) * dimensions.Features, dimensions.Features);
                ResidualViews.Compute(view.Part, tile.Window(i), tile.Reconstruction(i), tile.Observed(i), dimensions, residual);
            }
        }

        return residuals;
    }

    /// <summary>Null for the linear network of windows of a single value, which has no code.</summary>
    private LatentProjection? Projection(Autoencoder network)
    {
        using var scope = NewDisposeScope();
        using var noGrad = no_grad();
        Tensor windows = cat([Sample(training), Sample(validation)], 0).to(compute.Device); // (N, D)
        Tensor codes = network.Encode(windows).to(ScalarType.Float32).cpu().contiguous(); // (N, Z)
        int size = (int)codes.shape[1];
        if (size == 0)
            return null;
        float[] values = MemoryMarshal.Cast<byte, float>(codes.bytes).ToArray();
        var plane = PrincipalPlane.Fit(values, size);
        (double X, double Y)[] points = [.. values.Chunk(size).Select(code => plane.Project(code))];
        return new LatentProjection(
            network.Name, size, Rounded(plane.First), Rounded(plane.Second), [.. points.Select(point => Rounded(point.X))], [.. points.Select(point => Rounded(point.Y))]);
    }

    private Tensor Sample(WindowSet windows)
    {
        int wanted = Math.Max(2, (int)((long)MaxCodes * windows.Count / (training.Count + validation.Count)));
        long[] chosen = [.. Spread(windows.Count, wanted).Select(i => (long)i)];
        return windows.ToTensor(CPU).index_select(0, tensor(chosen));
    }

    /// <summary>Indices at equal distances.</summary>
    private static int[] Spread(int count, int most) => count <= most
        ? [.. Enumerable.Range(0, count)]
        : [.. Enumerable.Range(0, most).Select(i => (int)((long)i * count / most))];

    private static (double Mean, double Deviation) Moments(float[] residuals, int feature, int features)
    {
        double sum = 0, squares = 0;
        int count = 0;
        for (int i = feature; i < residuals.Length; i += features)
        {
            if (float.IsNaN(residuals[i]))
                continue;
            sum += residuals[i];
            squares += (double)residuals[i] * residuals[i];
            count++;
        }

        double mean = sum / Math.Max(1, count);
        return (mean, Math.Sqrt(Math.Max(0, squares / Math.Max(1, count) - mean * mean)));
    }

    /// <summary>Four digits: it is for pictures, and lies in every manifest.</summary>
    private static double Rounded(double value) => double.Parse(value.ToString("G4", CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);
}
