using System.Runtime.InteropServices;
using Detector.Models.Autoencoders;
using Detector.Models.Scoring;
using Detector.Models.Statistics;
using static TorchSharp.torch;

namespace Detector.Models.Training;

/// <summary>Fits the views of an ensemble to the windows of a training range.</summary>
internal sealed class ViewFitting(Autoencoder[] networks, TrainingWindows windows, ScoringTarget target)
{
    /// <summary>Weight of the diagonal in the covariance of rows; more hides correlations that break, less is noise of the estimate.</summary>
    private const double DiagonalWeight = 0.01;

    /// <summary>Penalty of the forecast; 0.003 to 0.03 did as well.</summary>
    private const double Ridge = 0.01;

    /// <summary>A scale measured over so long has seen the days of the week twice.</summary>
    private static readonly TimeSpan s_settled = TimeSpan.FromDays(14);

    private const int BlockRows = 4096;
    private readonly WindowDimensions _dimensions = windows.Training.Dimensions;
    private readonly long _settled = s_settled.Ticks / windows.RowTicks;

    /// <summary>A view of every network's newest row, and those that need no network. Of a single feature, those that hold it against its own past.</summary>
    public IEnumerable<ScoreView> Fit() => _dimensions.Features == 1 ? [new ValueView(Median()), new NeighbourView()] : FitRelations();

    private float Median()
    {
        float[] present = [.. RowSequence.Of(windows).Values.Where(value => !float.IsNaN(value)).Order()];
        return present.Length == 0 ? 0 : present[present.Length / 2];
    }

    private IEnumerable<ScoreView> FitRelations()
    {
        int whole = Math.Max(0, Array.FindIndex(networks, network => network is LinearAutoencoder));
        for (int n = 0; n < networks.Length; n++)
        {
            ResidualView[] parts = n == whole ? [ResidualView.Row, ResidualView.Energy] : [ResidualView.Row];
            foreach ((ResidualView part, float[] residuals) in parts.Zip(Residuals(networks[n], parts, windows, target)))
                yield return new NetworkView(n, part, _dimensions.Features, AdaptiveScale.Fit(residuals, Held(residuals), _dimensions.Features, _settled));
        }

        if (ForecastView.LagsFor(_dimensions) is > 0 and var before)
            yield return Forecast(before);
        if (CorrelationView.LagsFor(_dimensions) is > 0 and var together)
            yield return new CorrelationView(Whitening.Fit(NewestRows(together), _dimensions.Features * together, DiagonalWeight), together);
        RowSequence rows = RowSequence.Of(windows);
        yield return new LevelView(LevelFit.Of(rows.Values, rows.Segments, _dimensions.Features, rows.Holes));
    }

    /// <summary>Residual vectors of every window, those for training first: one array a part, N × F.</summary>
    public static float[][] Residuals(Autoencoder network, ResidualView[] parts, TrainingWindows windows, ScoringTarget target)
    {
        WindowDimensions dimensions = windows.Training.Dimensions;
        int features = dimensions.Features;
        float[][] residuals = [.. parts.Select(_ => new float[(windows.Training.Count + windows.Validation.Count) * features])];
        using var reconstructor = new Reconstructor(network, target);
        using var tile = new ScoringWorkspace(dimensions, ScoringWorkspace.RowsFor(target.Device));
        int at = 0;
        foreach (WindowSet set in (WindowSet[])[windows.Training, windows.Validation])
        {
            for (int i = 0; i < set.Count; i++)
            {
                tile.AddScaled(set.Window(i), set.Observed(i));
                if (!tile.IsFull && i < set.Count - 1)
                    continue;
                reconstructor.Run(tile);
                for (int j = 0; j < tile.Count; j++, at += features)
                {
                    for (int p = 0; p < parts.Length; p++)
                        ResidualViews.Compute(parts[p], tile.Window(j), tile.Reconstruction(j), tile.Observed(j), dimensions, residuals[p].AsSpan(at, features));
                }

                tile.Clear();
            }
        }

        return residuals;
    }

    private ForecastView Forecast(int lags)
    {
        int inputs = lags * _dimensions.Features, outputs = _dimensions.Features;
        using var scope = NewDisposeScope();
        Tensor all = windows.Training.ToTensor(CPU); // (N, D)
        Tensor x = all.narrow(1, _dimensions.Size - outputs - inputs, inputs), y = all.narrow(1, _dimensions.Size - outputs, outputs);
        Tensor inputMean = x.mean([0L]), outputMean = y.mean([0L]);
        Tensor covariance = zeros(inputs, inputs, ScalarType.Float64), cross = zeros(inputs, outputs, ScalarType.Float64);
        for (long start = 0; start < all.shape[0]; start += BlockRows)
        {
            using var blockScope = NewDisposeScope();
            long count = Math.Min(BlockRows, all.shape[0] - start);
            Tensor centred = (x.narrow(0, start, count) - inputMean).to(ScalarType.Float64);
            covariance.add_(centred.t().mm(centred));
            cross.add_(centred.t().mm((y.narrow(0, start, count) - outputMean).to(ScalarType.Float64)));
        }

        covariance.div_(all.shape[0]);
        cross.div_(all.shape[0]);
        var regression = RidgeRegression.Solve(Doubles(covariance), Doubles(cross), Floats(inputMean), Floats(outputMean), Ridge);
        return new ForecastView(regression, lags, AdaptiveScale.Fit(
            Residuals(regression, lags, windows.Training), Residuals(regression, lags, windows.Validation), outputs, _settled));
    }

    /// <summary>What the forecast is off by in the newest row of every window, N × F.</summary>
    private static float[] Residuals(RidgeRegression regression, int lags, WindowSet set)
    {
        int outputs = regression.Outputs;
        float[] residuals = new float[set.Count * outputs];
        for (int i = 0; i < set.Count; i++)
        {
            ReadOnlySpan<float> window = set.Window(i), observed = set.Observed(i);
            Span<float> residual = residuals.AsSpan(i * outputs, outputs);
            regression.Predict(ForecastView.Before(window, lags, outputs), residual);
            for (int f = 0; f < outputs; f++)
                residual[f] = !observed.IsEmpty && observed[^(outputs - f)] == 0 ? float.NaN : window[^(outputs - f)] - residual[f];
        }

        return residuals;
    }

    private ReadOnlySpan<float> Held(float[] residuals) => residuals.AsSpan(windows.Training.Count * _dimensions.Features);

    /// <summary>The newest rows of each window, N × (rows · F), what is missing filled in.</summary>
    private double[] NewestRows(int rows)
    {
        int length = rows * _dimensions.Features;
        double[] values = new double[windows.Training.Count * length];
        for (int i = 0; i < windows.Training.Count; i++)
        {
            ReadOnlySpan<float> newest = windows.Training.Window(i)[^length..];
            for (int j = 0; j < length; j++)
                values[i * length + j] = newest[j];
        }

        return values;
    }

    private static double[] Doubles(Tensor values) => MemoryMarshal.Cast<byte, double>(values.contiguous().bytes).ToArray();

    private static float[] Floats(Tensor values) => MemoryMarshal.Cast<byte, float>(values.contiguous().bytes).ToArray();
}
