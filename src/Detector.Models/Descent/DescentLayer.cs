using Detector.Models.Inference;

namespace Detector.Models.Descent;

/// <summary>A fully connected layer while it is trained: y = f(W·x + b) for a batch, and the way back. W and b lie in the network's <see cref="Parameters"/>.</summary>
/// <param name="inputs">Length of x.</param>
/// <param name="outputs">Length of y.</param>
/// <param name="activation">f.</param>
/// <param name="at">Where the layer's parameters begin.</param>
/// <param name="rows">Most windows in a batch.</param>
internal sealed class DescentLayer(int inputs, int outputs, LayerActivation activation, int at, int rows)
{
    private const int Columns = PackedLayer.PanelColumns;

    /// <summary>Floats between the rows beyond the width: were rows as far apart as a power of two, they would push each other out of the cache.</summary>
    private const int Apart = 16;

    private readonly AlignedFloats _outputs = new(rows * StrideOf(outputs)), _slopes = new(rows * StrideOf(outputs));
    private readonly AlignedFloats _transposed = new(Panels(inputs) * Panels(outputs) * Columns * Columns); // Wᵀ
    private readonly float[] _ones = [.. Enumerable.Repeat(1f, rows)], _zeros = new float[Columns];

    public int Inputs => inputs;

    public int Outputs => outputs;

    public LayerActivation Activation => activation;

    /// <summary>Floats of the layer's parameters.</summary>
    public int Length => Panels(outputs) * Columns * (inputs + 1);

    /// <summary>Between two rows of <see cref="Output"/> and of <see cref="Slope"/>.</summary>
    public int Stride => StrideOf(outputs);

    /// <summary>y, (B, <see cref="Stride"/>).</summary>
    public Span<float> Output => _outputs.Span;

    /// <summary>How the loss changes with y, (B, <see cref="Stride"/>), 0 beyond the outputs; after <see cref="Backward"/> with W·x + b.</summary>
    public Span<float> Slope => _slopes.Span;

    public static int StrideOf(int values) => Panels(values) * Columns + Apart;

    public void Forward(Parameters parameters, ReadOnlySpan<float> input, int stride, int count)
    {
        ReadOnlySpan<float> values = parameters.Values.Slice(at, Length);
        for (int panel = 0; panel < Panels(outputs); panel++)
        {
            DenseKernel.Run(
                new DenseKernel.Factor(input, stride, 1), new DenseKernel.Factor(Weights(values, panel), Columns, 1), inputs, Bias(values, panel),
                Output[(panel * Columns)..], Stride, count, activation == LayerActivation.Relu);
        }

        for (int row = 0; row < count; row++)
            LayerActivations.Apply(activation, Output.Slice(row * Stride, outputs));
    }

    /// <summary>Sets the layer's gradients from <see cref="Slope"/>.</summary>
    /// <param name="below">How the loss changes with x, rows <paramref name="belowStride"/> apart; empty where nobody asks.</param>
    public void Backward(Parameters parameters, ReadOnlySpan<float> input, int stride, int count, Span<float> below, int belowStride)
    {
        for (int row = 0; row < count; row++)
            LayerActivations.Descend(activation, Output.Slice(row * Stride, outputs), Slope.Slice(row * Stride, outputs));
        Span<float> gradients = parameters.Gradients.Slice(at, Length);
        for (int panel = 0; panel < Panels(outputs); panel++)
        {
            var slope = new DenseKernel.Factor(Slope[(panel * Columns)..], Stride, 1);
            DenseKernel.Run(new DenseKernel.Factor(input, 1, stride), slope, count, _zeros, Weights(gradients, panel), Columns, inputs);
            DenseKernel.Run(new DenseKernel.Factor(_ones, 0, 1), slope, count, _zeros, Bias(gradients, panel), Columns, 1);
        }

        if (below.IsEmpty)
            return;
        Transpose(parameters.Values.Slice(at, Length));
        for (int panel = 0; panel < Panels(inputs); panel++)
        {
            ReadOnlySpan<float> weights = _transposed.Span.Slice(panel * outputs * Columns, outputs * Columns);
            DenseKernel.Run(
                new DenseKernel.Factor(Slope, Stride, 1), new DenseKernel.Factor(weights, Columns, 1), outputs, _zeros, below[(panel * Columns)..], belowStride, count);
        }
    }

    /// <summary>Takes parameters over.</summary>
    public void Read(AffineLayer layer, Parameters parameters)
    {
        Span<float> values = parameters.Values.Slice(at, Length);
        for (int output = 0; output < outputs; output++)
        {
            for (int input = 0; input < inputs; input++)
                values[IndexOf(output, input)] = layer.Weight[output * inputs + input];
        }

        layer.Bias.CopyTo(Bias(values, 0));
    }

    /// <summary>Gives parameters, or what lies as they do, back.</summary>
    public AffineLayer Write(ReadOnlySpan<float> all)
    {
        ReadOnlySpan<float> values = all.Slice(at, Length);
        float[] weight = new float[outputs * inputs];
        for (int output = 0; output < outputs; output++)
        {
            for (int input = 0; input < inputs; input++)
                weight[output * inputs + input] = values[IndexOf(output, input)];
        }

        return new AffineLayer(inputs, weight, values.Slice(Panels(outputs) * Columns * inputs, outputs).ToArray(), activation);
    }

    private static int Panels(int values) => (values + Columns - 1) / Columns;

    private int IndexOf(int output, int input) => output / Columns * inputs * Columns + input * Columns + output % Columns;

    private Span<float> Weights(Span<float> values, int panel) => values.Slice(panel * inputs * Columns, inputs * Columns);

    private ReadOnlySpan<float> Weights(ReadOnlySpan<float> values, int panel) => values.Slice(panel * inputs * Columns, inputs * Columns);

    private Span<float> Bias(Span<float> values, int panel) => values[(Panels(outputs) * Columns * inputs + panel * Columns)..];

    private ReadOnlySpan<float> Bias(ReadOnlySpan<float> values, int panel) => values[(Panels(outputs) * Columns * inputs + panel * Columns)..];

    /// <summary>Square by square, each in one piece on both sides.</summary>
    private void Transpose(ReadOnlySpan<float> values)
    {
        Span<float> transposed = _transposed.Span;
        for (int output = 0; output < outputs; output += Columns)
        {
            int height = Math.Min(Columns, outputs - output);
            for (int input = 0; input < inputs; input += Columns)
            {
                int width = Math.Min(Columns, inputs - input);
                ReadOnlySpan<float> from = values.Slice(output * inputs + input * Columns, width * Columns);
                Span<float> to = transposed.Slice(input * outputs + output * Columns, height * Columns);
                for (int row = 0; row < height; row++)
                {
                    for (int column = 0; column < width; column++)
                        to[row * Columns + column] = from[column * Columns + row];
                }
            }
        }
    }
}
