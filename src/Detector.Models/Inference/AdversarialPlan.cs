namespace Detector.Models.Inference;

/// <summary>The plan of two decoders trained against each other: α of x̂ = AE₁(x), 1 − α of AE₂(x̂).</summary>
/// <param name="first">AE₁, of whole windows, which the other reads.</param>
/// <param name="second">AE₂, of what is wanted.</param>
/// <param name="alpha">α.</param>
internal sealed class AdversarialPlan(DensePlan first, DensePlan second, double alpha) : NetworkPlan
{
    public override int Outputs => second.Outputs;

    public override int OutputStride => second.Outputs;

    public override long Operations => first.Operations + second.Operations;

    public override long Bytes => first.Bytes + second.Bytes;

    public override AlignedFloats Run(ReadOnlySpan<float> windows, int stride, int rows, PlanScratch scratch)
    {
        int size = first.Outputs;
        var blend = new ResidualBlend(windows, stride, size, rows, Outputs, scratch);
        ReadOnlySpan<float> once = first.Run(windows, stride, rows, scratch.Part(0)).Span;
        blend.Add(once[(size - Outputs)..], first.OutputStride, alpha);
        blend.Add(second.Run(once, first.OutputStride, rows, scratch.Part(1)).Span, second.OutputStride, 1 - alpha);
        return blend.Finish();
    }
}
