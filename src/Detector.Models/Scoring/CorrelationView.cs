using Detector.Models.Autoencoders;
using Detector.Models.Statistics;

namespace Detector.Models.Scoring;

/// <summary>
/// How unusual the newest rows are together: their squared Mahalanobis distance under the covariance of training, shrunk a little toward its
/// diagonal. Sees a correlation that breaks while every feature stays in its range. The distance is taken apart by the symmetric root of the
/// covariance (ZCA), so that each feature has its part.
/// </summary>
internal sealed class CorrelationView(Whitening whitening, int lags) : ScoreView(whitening.Mean.Length / lags)
{
    private const int MaxInputs = 192;
    private const int MaxLags = 3;

    public override string Subject => "Correlation";

    /// <summary>Rows looked at.</summary>
    public int Lags { get; } = lags;

    public Whitening Whitening { get; } = whitening;

    public override int Slots => SpanAverages.Slots(Features);

    /// <summary>Rows that can be looked at in windows of these dimensions; 0 if the covariance would be too large.</summary>
    public static int LagsFor(WindowDimensions dimensions) => Math.Min(Math.Min(MaxLags, dimensions.Rows), MaxInputs / dimensions.Features);

    public override void Start(Span<double> slots)
    {
    }

    public override void Observe(in WindowEvidence evidence, Span<double> slots, Span<float> shares)
    {
        // What is missing was filled in along the line between its neighbours: that tells the others more than a mean would, but nothing of itself.
        int length = Lags * Features;
        Span<float> whitened = stackalloc float[MaxInputs];
        Whitening.Apply(evidence.Window[^length..], whitened[..length]);
        shares[..Features].Clear();
        int observed = 0;
        for (int i = 0; i < length; i++)
        {
            if (!evidence.Observed.IsEmpty && evidence.Observed[^(length - i)] == 0)
                continue;
            shares[i % Features] += MathF.Min(whitened[i] * whitened[i], Cap);
            observed++;
        }

        float weight = 1f / Math.Max(1, observed);
        for (int f = 0; f < Features; f++)
            shares[f] *= weight;
        SpanAverages.Add(slots, evidence.Restarted, shares);
    }
}
