namespace Detector.Models.Scoring;

/// <summary>A view of a residual, value minus expectation, on an adaptive scale.</summary>
internal abstract class ResidualScoreView(int features, AdaptiveScale scale) : ScoreView(features)
{
    public AdaptiveScale Scale { get; } = scale;

    public sealed override int Slots => Scale.Slots + SpanAverages.Slots(Features);

    /// <summary>Writes the residual of a window, F scaled values, NaN where missing.</summary>
    public abstract void Residual(in WindowEvidence evidence, Span<float> residual);

    public sealed override void Start(Span<double> slots) => Scale.Start(slots[..Scale.Slots]);

    public sealed override void Observe(in WindowEvidence evidence, Span<double> slots, Span<float> shares)
    {
        Span<float> residual = shares.Slice(Features, Features); // until the running means take its place
        Residual(evidence, residual);
        Scale.Apply(residual, slots[..Scale.Slots], shares[..Features]);
        SpanAverages.Add(MeanRows, slots[Scale.Slots..], evidence.Restarted, shares);
    }
}
