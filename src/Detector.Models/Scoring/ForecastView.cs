using Detector.Models.Autoencoders;
using Detector.Models.Inference;
using Detector.Models.Statistics;

namespace Detector.Models.Scoring;

/// <summary>How far the newest row is from what the rows before it let expect, by ridge regression of all features on all features.</summary>
internal sealed class ForecastView(RidgeRegression regression, int lags, AdaptiveScale scale) : ResidualScoreView(regression.Outputs, scale)
{
    public override string Subject => "Forecast";

    /// <summary>Rows looked back.</summary>
    public int Lags { get; } = lags;

    public RidgeRegression Regression { get; } = regression;

    /// <summary>The newest row as the rows before it let expect it.</summary>
    public override PackedLayer Projection { get; } = new(regression.AsLayer());

    /// <summary>The newest row itself is not read.</summary>
    public override int ProjectsUpTo => 1;

    /// <summary>Rows that can be looked back in windows of these dimensions; 0 if the regression would be too large.</summary>
    public static int LagsFor(WindowDimensions dimensions) =>
        Math.Min(Math.Min(8, dimensions.Rows - 1), RidgeRegression.MaxInputs / dimensions.Features);

    /// <summary>The rows before the newest, oldest first: lags × F values.</summary>
    public static ReadOnlySpan<float> Before(ReadOnlySpan<float> window, int lags, int features) =>
        window.Slice(window.Length - (lags + 1) * features, lags * features);

    public override void Residual(in WindowEvidence evidence, Span<float> residual)
    {
        ReadOnlySpan<float> newest = evidence.Newest, expected = evidence.Projection;
        if (evidence.Observed.IsEmpty)
        {
            Lanes.Subtract(newest, expected, residual);
            return;
        }

        for (int f = 0; f < Features; f++)
            residual[f] = evidence.IsObserved(f) ? newest[f] - expected[f] : float.NaN;
    }
}
