using Detector.Models.Inference;

namespace Detector.Models.Tests.Inference;

public sealed class DenseKernelTests
{
    [Theory]
    [InlineData(1, 1, 1)]
    [InlineData(2, 7, 31)]
    [InlineData(3, 64, 32)]
    [InlineData(8, 5, 33)]
    [InlineData(9, 256, 128)]
    [InlineData(15, 33, 100)]
    [InlineData(64, 17, 3)]
    [InlineData(13, 20, 16)]
    [InlineData(5, 9, 48)]
    public void Run_AnyShape_IsTheProductInDoublePrecision(int rows, int inputs, int outputs)
    {
        (AffineLayer layer, float[] x) = Draw(rows, inputs, outputs, LayerActivation.Linear);
        float[] y = Run(layer, x, rows);

        for (int row = 0; row < rows; row++)
        {
            for (int output = 0; output < outputs; output++)
            {
                double expected = layer.Bias[output], size = Math.Abs(expected);
                for (int k = 0; k < inputs; k++)
                {
                    double product = (double)x[row * inputs + k] * layer.Weight[output * inputs + k];
                    expected += product;
                    size += Math.Abs(product);
                }

                Assert.Equal(expected, y[row * outputs + output], 1e-6 * size);
            }
        }
    }

    [Fact]
    public void Run_Rectifier_IsNeverNegativeAndLeavesTheRest()
    {
        (AffineLayer layer, float[] x) = Draw(11, 40, 50, LayerActivation.Linear);
        float[] plain = Run(layer, x, 11), rectified = Run(layer with { Activation = LayerActivation.Relu }, x, 11);

        Assert.Contains(plain, value => value < 0);
        Assert.Equal(plain.Select(value => Math.Max(value, 0)), rectified);
    }

    [Fact]
    public void Run_RowAloneOrAmongOthers_GivesTheSameBits()
    {
        const int Rows = 29, Inputs = 50, Outputs = 70;
        (AffineLayer layer, float[] x) = Draw(Rows, Inputs, Outputs, LayerActivation.Linear);
        float[] all = Run(layer, x, Rows);

        for (int first = 0; first < Rows; first++)
        {
            for (int count = 1; count <= Rows - first; count++)
                Assert.Equal(all[(first * Outputs)..((first + count) * Outputs)], Run(layer, x[(first * Inputs)..], count));
        }
    }

    [Fact]
    public void Run_FewOutputsOrAmongOthers_GivesTheSameBits()
    {
        const int Rows = 29, Inputs = 50, Few = 8;
        (AffineLayer layer, float[] x) = Draw(Rows, Inputs, 40, LayerActivation.Relu);

        float[] few = Run(layer.Only(20, Few), x, Rows);

        Assert.Equal(Run(layer, x, Rows).Chunk(40).SelectMany(row => row[20..(20 + Few)]), few);
    }

    [Fact]
    public void Run_RowsApart_SkipsWhatLiesBetween()
    {
        const int Rows = 10, Inputs = 12, Outputs = 20, Stride = 17;
        (AffineLayer layer, float[] x) = Draw(Rows, Inputs, Outputs, LayerActivation.Linear);
        float[] apart = [.. Enumerable.Repeat(float.NaN, Rows * Stride)];
        for (int row = 0; row < Rows; row++)
            x.AsSpan(row * Inputs, Inputs).CopyTo(apart.AsSpan(row * Stride));

        Assert.Equal(Run(layer, x, Rows), Run(layer, apart, Rows, Stride));
    }

    private static float[] Run(AffineLayer layer, float[] x, int rows, int? stride = null)
    {
        var packed = new PackedLayer(layer);
        float[] y = new float[rows * packed.Width];
        DenseKernel.Run(packed, x, stride ?? layer.Inputs, rows, y, packed.Width);
        return [.. y.Chunk(packed.Width).SelectMany(row => row.Take(layer.Outputs))];
    }

    private static (AffineLayer Layer, float[] Input) Draw(int rows, int inputs, int outputs, LayerActivation activation)
    {
        var random = new Random(rows * 1000 + inputs + outputs);
        float[] Values(int count) => [.. Enumerable.Range(0, count).Select(_ => (float)Simulation.Gaussian(random))];
        return (new AffineLayer(inputs, Values(outputs * inputs), Values(outputs), activation), Values(rows * inputs));
    }
}
