using System.Runtime.InteropServices;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Detector.Models.Inference;

/// <summary>y = f(W·x + b), as a network describes one of its layers.</summary>
/// <param name="Inputs">Length of x.</param>
/// <param name="Weight">W, (outputs, inputs) row-major.</param>
/// <param name="Bias">b, (outputs).</param>
/// <param name="Activation">f, value by value.</param>
internal sealed record AffineLayer(int Inputs, float[] Weight, float[] Bias, LayerActivation Activation)
{
    public int Outputs => Bias.Length;

    public static AffineLayer Of(Linear layer, LayerActivation activation) =>
        new((int)layer.weight!.shape[1], Values(layer.weight), Values(layer.bias!), activation);

    /// <summary>The values of a tensor, row-major.</summary>
    public static float[] Values(Tensor tensor)
    {
        using var scope = NewDisposeScope();
        return MemoryMarshal.Cast<byte, float>(tensor.detach().cpu().contiguous().bytes).ToArray();
    }

    /// <summary>f(Wᵀ·x + b): a layer with the weights of this one, the other way.</summary>
    public AffineLayer Transposed(float[] bias, LayerActivation activation)
    {
        int rows = Outputs, columns = Inputs;
        float[] weight = new float[Weight.Length];
        for (int row = 0; row < rows; row++)
        {
            for (int column = 0; column < columns; column++)
                weight[column * rows + row] = Weight[row * columns + column];
        }

        return new AffineLayer(rows, weight, bias, activation);
    }

    /// <summary>f(W·(x − c) + b), with c in the bias.</summary>
    public AffineLayer Centred(ReadOnlySpan<float> centre)
    {
        float[] bias = [.. Bias];
        for (int output = 0; output < bias.Length; output++)
        {
            double shift = 0;
            for (int input = 0; input < centre.Length; input++)
                shift += (double)Weight[output * centre.Length + input] * centre[input];
            bias[output] -= (float)shift;
        }

        return this with { Bias = bias };
    }

    /// <summary>The layer that computes only some of the outputs.</summary>
    public AffineLayer Only(int first, int count) =>
        this with { Weight = Weight.AsSpan(first * Inputs, count * Inputs).ToArray(), Bias = Bias.AsSpan(first, count).ToArray() };

    /// <summary>The layer whose outputs, in groups of one length, have zeros behind each group that make it <paramref name="width"/> long.</summary>
    /// <param name="groups">How many groups there are.</param>
    /// <param name="width">Outputs of each then.</param>
    public AffineLayer FilledUp(int groups, int width)
    {
        int length = Outputs / groups;
        float[] weight = new float[groups * width * Inputs], bias = new float[groups * width];
        for (int group = 0; group < groups; group++)
        {
            Weight.AsSpan(group * length * Inputs, length * Inputs).CopyTo(weight.AsSpan(group * width * Inputs));
            Bias.AsSpan(group * length, length).CopyTo(bias.AsSpan(group * width));
        }

        return this with { Weight = weight, Bias = bias };
    }

    /// <summary>
    /// The layer that does with x what this one does with x whose last values are those before them: as many inputs fewer, each of which the weights of
    /// both places are added for.
    /// </summary>
    /// <param name="values">How many values are hidden; at most half of the inputs.</param>
    public AffineLayer HidingLast(int values)
    {
        int inputs = Inputs, left = inputs - values;
        float[] weight = new float[Outputs * left];
        for (int output = 0; output < Outputs; output++)
        {
            ReadOnlySpan<float> row = Weight.AsSpan(output * inputs, inputs);
            Span<float> folded = weight.AsSpan(output * left, left);
            row[..left].CopyTo(folded);
            for (int i = 0; i < values; i++)
                folded[left - values + i] += row[left + i];
        }

        return new AffineLayer(left, weight, Bias, Activation);
    }
}
