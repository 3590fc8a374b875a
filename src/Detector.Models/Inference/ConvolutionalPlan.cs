namespace Detector.Models.Inference;

/// <summary>
/// The plan of a convolutional network: window by window, so that all its rows stay in the first cache. Filters take the rows they lie on as one row of a
/// product. Of each layer only the rows are computed that reach what is wanted: for the newest of 32 rows and filters of 5 in two layers, 4 and 1.
/// </summary>
internal sealed class ConvolutionalPlan : NetworkPlan
{
    private readonly ConvolutionStep[] _steps;
    private readonly int _features;

    /// <param name="newestOnly">Whether the newest row of the last layer is all that is wanted.</param>
    public ConvolutionalPlan(IReadOnlyList<ConvolutionLayer> layers, bool newestOnly)
    {
        int last = layers[^1].OutputRows - 1, first = newestOnly ? last : 0;
        _features = layers[^1].Outputs;
        _steps = new ConvolutionStep[layers.Count];
        for (int i = layers.Count - 1; i >= 0; i--)
        {
            _steps[i] = new ConvolutionStep(layers[i], first, last, i == 0 ? _features : PackedLayer.WidthOf(layers[i].Channels), i + 1 < layers.Count ? _steps[i + 1].Input : null);
            (first, last) = (_steps[i].Input.FirstInside, _steps[i].Input.LastInside);
        }
    }

    public override int Outputs => _steps[^1].Output.RowsInside * _features;

    public override int OutputStride => Outputs;

    public override long Operations => _steps.Sum(step => step.Operations);

    public override long Bytes => _steps.Sum(step => step.Bytes);

    public override AlignedFloats Run(ReadOnlySpan<float> windows, int stride, int rows, PlanScratch scratch)
    {
        AlignedFloats result = scratch.Take(0, rows * Outputs);
        for (int window = 0; window < rows; window++)
        {
            RowRange range = _steps[0].Input;
            Span<float> input = range.Cleared(scratch.Take(1, range.Length));
            windows.Slice(window * stride + range.FirstInside * range.Width, range.RowsInside * range.Width).CopyTo(range.Inside(input));
            for (int i = 0; i < _steps.Length; i++)
            {
                range = _steps[i].Output;
                Span<float> output = range.Cleared(scratch.Take(1 + (i + 1) % 2, range.Length));
                _steps[i].Run(input, output);
                input = output;
            }

            Span<float> own = result.Span.Slice(window * Outputs, Outputs);
            for (int row = 0; row < range.RowsInside; row++)
                input.Slice(row * range.Width, _features).CopyTo(own[(row * _features)..]);
        }

        return result;
    }
}
