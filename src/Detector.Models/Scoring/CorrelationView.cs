using Detector.Models.Autoencoders;
using Detector.Models.Inference;
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

    /// <summary>The newest rows whitened.</summary>
    public override PackedLayer Projection { get; } = new(whitening.AsLayer());

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
        ReadOnlySpan<float> whitened = evidence.Projection;
        Span<float> sums = shares[..Features];
        sums.Clear();
        int observed = 0;
        for (int row = 0; row < length; row += Features)
        {
            if (evidence.Observed.IsEmpty)
                observed += Add(whitened.Slice(row, Features), sums);
            else
                observed += Add(whitened.Slice(row, Features), evidence.Observed.Slice(evidence.Observed.Length - length + row, Features), sums);
        }

        Lanes.Divide(sums, Math.Max(1, observed));
        SpanAverages.Add(slots, evidence.Restarted, shares);
    }

    private static int Add(ReadOnlySpan<float> whitened, Span<float> sums)
    {
        Lanes.AddSquares(whitened, Cap, sums);
        return sums.Length;
    }

    private static int Add(ReadOnlySpan<float> whitened, ReadOnlySpan<float> observed, Span<float> sums)
    {
        int count = 0;
        for (int f = 0; f < sums.Length; f++)
        {
            if (observed[f] == 0)
                continue;
            sums[f] += MathF.Min(whitened[f] * whitened[f], Cap);
            count++;
        }

        return count;
    }
}
