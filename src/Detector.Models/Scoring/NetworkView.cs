namespace Detector.Models.Scoring;

/// <summary>What a network fails to reconstruct of a window.</summary>
internal sealed class NetworkView(int network, ResidualView part, int features, AdaptiveScale scale) : ResidualScoreView(features, scale)
{
    public override int? Network => network;

    public override string Subject => Part.ToString();

    /// <summary>What of the residual is looked at.</summary>
    public ResidualView Part { get; } = part;

    public override void Residual(in WindowEvidence evidence, Span<float> residual) =>
        ResidualViews.Compute(Part, evidence.Window, evidence.Reconstruction, evidence.Observed, evidence.Dimensions, residual);
}
