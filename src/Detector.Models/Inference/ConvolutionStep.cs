namespace Detector.Models.Inference;

/// <summary>One layer of a <see cref="ConvolutionalPlan"/>, for the output rows that are wanted.</summary>
internal sealed class ConvolutionStep
{
    private readonly ConvolutionPass[] _passes;
    private readonly LayerActivation _activation;

    /// <param name="first">The first output row that is wanted.</param>
    /// <param name="last">The last one.</param>
    /// <param name="width">Values of an input row as it lies in the buffer.</param>
    /// <param name="next">How the next layer wants the output; null for the last layer.</param>
    public ConvolutionStep(ConvolutionLayer layer, int first, int last, int width, RowRange? next)
    {
        (int firstRead, int lastRead) = layer.Reach(first, last);
        Input = new RowRange(firstRead, lastRead, layer.Rows, width);
        Output = next ?? new RowRange(first, last, layer.OutputRows, PackedLayer.WidthOf(layer.Outputs));
        _passes = [.. layer.Passes(first, last, width)];
        _activation = layer.Activation;
    }

    /// <summary>The rows it reads.</summary>
    public RowRange Input { get; }

    /// <summary>Those it writes.</summary>
    public RowRange Output { get; }

    public long Operations => _passes.Sum(pass => pass.Count * pass.Filters.Operations);

    public long Bytes => _passes.Sum(pass => pass.Filters.Bytes);

    /// <param name="input">Rows of <see cref="Input"/>.</param>
    /// <param name="output">Those of <see cref="Output"/>, zeros where it reaches beyond the window.</param>
    public void Run(Span<float> input, Span<float> output)
    {
        foreach (ConvolutionPass pass in _passes)
        {
            DenseKernel.Run(
                pass.Filters, Input.From(input, pass.First), pass.Step * Input.Width, pass.Count, Output.From(output, pass.Output), pass.OutputStep * Output.Width);
        }

        LayerActivations.Apply(_activation, Output.Inside(output));
    }
}
