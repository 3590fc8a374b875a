namespace Detector.Models.Scoring;

/// <summary>How far the newest value is from where the feature was in training.</summary>
/// <param name="centre">Its median, scaled units.</param>
internal sealed class ValueView(float centre) : SurpriseView(0)
{
    public override string Subject => "Value";

    /// <summary>Median of the feature in training, scaled units.</summary>
    public float Centre { get; } = centre;

    protected override double Error(in WindowEvidence evidence, ReadOnlySpan<double> own) => Math.Abs(evidence.Newest[0] - Centre);

    protected override void StartOwn(Span<double> own)
    {
    }

    protected override void LearnOwn(ReadOnlySpan<double> own)
    {
    }

    protected override void Remember(in WindowEvidence evidence, Span<double> own)
    {
    }
}
