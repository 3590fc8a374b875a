namespace Detector.Models.Inference;

/// <summary>
/// A layer laid out for <see cref="DenseKernel"/>: panels of <see cref="PanelColumns"/> outputs, in each of which the weights of one input for all of
/// its outputs lie side by side. Where the last panel has no more than half of the outputs it is half as wide; what is missing to it is zero.
/// </summary>
internal sealed class PackedLayer
{
    /// <summary>Outputs of a panel: two vectors of 512 bits.</summary>
    public const int PanelColumns = 32;

    /// <summary>Outputs of half a panel.</summary>
    public const int HalfColumns = PanelColumns / 2;

    private readonly AlignedFloats _weights; // (panels, inputs, columns of the panel)
    private readonly AlignedFloats _bias; // (Width)

    public PackedLayer(AffineLayer layer)
    {
        Inputs = layer.Inputs;
        Outputs = layer.Outputs;
        Activation = layer.Activation;
        Panels = (Outputs + PanelColumns - 1) / PanelColumns;
        _weights = new AlignedFloats(Inputs * Width);
        _bias = new AlignedFloats(Width);
        layer.Bias.CopyTo(_bias.Span);
        Span<float> packed = _weights.Span;
        for (int output = 0; output < Outputs; output++)
        {
            int panel = output / PanelColumns, first = panel * Inputs * PanelColumns + output % PanelColumns, columns = Columns(panel);
            for (int input = 0; input < Inputs; input++)
                packed[first + input * columns] = layer.Weight[output * Inputs + input];
        }
    }

    public int Inputs { get; }

    public int Outputs { get; }

    public LayerActivation Activation { get; }

    public int Panels { get; }

    /// <summary>Outputs with what fills up the last panel: values between two rows of its output.</summary>
    public int Width => WidthOf(Outputs);

    public static int WidthOf(int outputs) => (outputs + HalfColumns - 1) / HalfColumns * HalfColumns;

    /// <summary>Outputs of a panel, the filling ones included.</summary>
    public int Columns(int panel) => Math.Min(PanelColumns, Width - panel * PanelColumns);

    /// <summary>Multiplications and additions of a row.</summary>
    public long Operations => 2L * Inputs * Outputs;

    /// <summary>Memory of the weights, bytes.</summary>
    public long Bytes => (_weights.Length + _bias.Length) * (long)sizeof(float);

    /// <summary>The layer with its activation.</summary>
    /// <param name="input">(rows, <see cref="Inputs"/>), rows <paramref name="inputStride"/> apart.</param>
    /// <param name="output">(rows, <see cref="Width"/>).</param>
    public void Run(ReadOnlySpan<float> input, int inputStride, int rows, Span<float> output)
    {
        output = output[..(rows * Width)];
        DenseKernel.Run(this, input, inputStride, rows, output, Width);
        LayerActivations.Apply(Activation, output);
    }

    /// <summary>What a linear layer makes of rows of zeros: (rows, <see cref="Width"/>).</summary>
    public void FillBias(int rows, Span<float> output)
    {
        for (int row = 0; row < rows; row++)
            _bias.Span.CopyTo(output[(row * Width)..]);
    }

    public ReadOnlySpan<float> Weights(int panel) => _weights.Span.Slice(panel * Inputs * PanelColumns, Inputs * Columns(panel));

    public ReadOnlySpan<float> Bias(int panel) => _bias.Span.Slice(panel * PanelColumns, Columns(panel));
}
