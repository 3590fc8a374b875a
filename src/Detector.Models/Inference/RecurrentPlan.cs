using Detector.Models.Autoencoders;

namespace Detector.Models.Inference;

/// <summary>
/// The plan of a recurrent network: all windows of a tile go through a row's cells together. The decoder writes the newest row first, so where no other
/// is wanted it takes one step of T.
/// </summary>
internal sealed class RecurrentPlan : NetworkPlan
{
    private readonly WindowDimensions _dimensions;
    private readonly GatedLayer[] _readers;
    private readonly PackedLayer _narrow;
    private readonly GatedLayer[] _writers;
    private readonly PackedLayer _output;
    private readonly int _written; // rows

    public RecurrentPlan(WindowDimensions dimensions, GatedLayer[] readers, AffineLayer narrow, GatedLayer[] writers, AffineLayer output, bool newestOnly)
    {
        _dimensions = dimensions;
        (_readers, _writers) = (readers, writers);
        (_narrow, _output) = (new PackedLayer(narrow), new PackedLayer(output));
        _written = newestOnly ? 1 : dimensions.Rows;
    }

    public override int Outputs => _written * _dimensions.Features;

    public override int OutputStride => Outputs;

    /// <summary>A layer's first step begins with no state, and takes no product with it.</summary>
    public override long Operations =>
        _readers.Sum(layer => layer.Operations(_dimensions.Rows)) + _narrow.Operations + _writers.Sum(layer => layer.Operations(_written)) + _written * _output.Operations;

    public override long Bytes => _readers.Concat(_writers).Sum(layer => layer.Bytes) + _narrow.Bytes + _output.Bytes;

    public override AlignedFloats Run(ReadOnlySpan<float> windows, int stride, int rows, PlanScratch scratch)
    {
        int features = _dimensions.Features;
        AlignedFloats code = scratch.Take(0, rows * _narrow.Width), row = scratch.Take(1, rows * _output.Width), result = scratch.Take(2, rows * Outputs);
        PlanScratch reading = scratch.Part(0), writing = scratch.Part(1);
        ReadOnlySpan<float> state = [];
        for (int t = 0; t < _dimensions.Rows; t++)
            state = Step(_readers, windows[(t * features)..], stride, rows, t == 0, reading);
        _narrow.Run(state, _readers[^1].Width, rows, code.Span);
        for (int t = _written - 1; t >= 0; t--)
        {
            state = Step(_writers, code.Span, _narrow.Width, rows, t == _written - 1, writing);
            _output.Run(state, _writers[^1].Width, rows, row.Span);
            for (int i = 0; i < rows; i++)
                row.Span.Slice(i * _output.Width, features).CopyTo(result.Span[(i * Outputs + t * features)..]);
        }

        return result;
    }

    /// <summary>Takes all layers one row further; returns the last one's state.</summary>
    private static ReadOnlySpan<float> Step(GatedLayer[] layers, ReadOnlySpan<float> input, int stride, int rows, bool first, PlanScratch scratch)
    {
        for (int i = 0; i < layers.Length; i++)
        {
            input = layers[i].Step(input, stride, rows, first, scratch.Part(i));
            stride = layers[i].Width;
        }

        return input;
    }
}
