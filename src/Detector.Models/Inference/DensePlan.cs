namespace Detector.Models.Inference;

/// <summary>The plan of fully connected layers, one after the other.</summary>
internal sealed class DensePlan(IEnumerable<AffineLayer> layers) : NetworkPlan
{
    private readonly PackedLayer[] _layers = [.. layers.Select(layer => new PackedLayer(layer))];

    public override int Outputs => _layers[^1].Outputs;

    public override int OutputStride => _layers[^1].Width;

    public override long Operations => _layers.Sum(layer => layer.Operations);

    public override long Bytes => _layers.Sum(layer => layer.Bytes);

    public override AlignedFloats Run(ReadOnlySpan<float> windows, int stride, int rows, PlanScratch scratch)
    {
        ReadOnlySpan<float> input = windows;
        AlignedFloats output = scratch.Take(0, 0);
        for (int i = 0; i < _layers.Length; i++)
        {
            PackedLayer layer = _layers[i];
            output = scratch.Take(i % 2, rows * layer.Width);
            layer.Run(input, stride, rows, output.Span);
            input = output.Span;
            stride = layer.Width;
        }

        return output;
    }
}
