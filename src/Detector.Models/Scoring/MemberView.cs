namespace Detector.Models.Scoring;

/// <summary>One voice of the ensemble: a view of one network's residual, on the common scale.</summary>
/// <param name="Network">Index of the network.</param>
/// <param name="View">What of its residual is looked at.</param>
/// <param name="Standardizer">Puts the residual on one scale.</param>
/// <param name="Reference">The error that 1 % of the held-out normal windows exceed; errors are counted in it.</param>
public sealed record MemberView(int Network, ResidualView View, ResidualStandardizer Standardizer, float Reference)
{
    /// <summary>log(1 + e / reference): 0.69 at the reference error, and slow to grow beyond.</summary>
    public float Score(float error) => MathF.Log(1 + error / Reference);
}
