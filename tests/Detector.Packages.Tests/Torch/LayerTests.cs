using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Detector.Packages.Tests.Torch;

[Collection(nameof(SerialTorch))]
public sealed class LayerTests
{
    private static Tensor Batch => Expect.Doubles(new[,] { { 0.5, -1, 2 }, { 1.5, 0.25, -0.75 } });

    [Fact]
    public void Linear_Forward_IsAffine()
    {
        using var layer = Linear(3, 2, dtype: float64);
        Assert.Equal((3, 2), (layer.in_features, layer.out_features));
        Expect.Equal(Expect.Values(Batch.matmul(layer.weight.t()) + layer.bias!), layer.call(Batch));
        Assert.InRange(layer.weight.abs().max().ToDouble(), 0.01, 1 / Math.Sqrt(3));
        Assert.InRange(layer.bias!.abs().max().ToDouble(), 0, 1 / Math.Sqrt(3));
        using var plain = Linear(3, 2, hasBias: false);
        Assert.Null(plain.bias);
        CheckGradients(layer, Batch);
    }

    [Fact]
    public void Activations_AsModules_EqualTheirFunctions()
    {
        Expect.Equal(Expect.Values(Batch.relu()), ReLU().call(Batch));
        Expect.Equal(Expect.Values(functional.leaky_relu(Batch, 0.1)), LeakyReLU(0.1).call(Batch));
        Expect.Equal(Expect.Values(functional.elu(Batch, 2)), ELU(2).call(Batch));
        Expect.Equal(Expect.Values(functional.gelu(Batch)), GELU().call(Batch));
        Expect.Equal(Expect.Values(functional.silu(Batch)), SiLU().call(Batch));
        Expect.Equal(Expect.Values(Batch.tanh()), Tanh().call(Batch));
        Expect.Equal(Expect.Values(Batch.sigmoid()), Sigmoid().call(Batch));
        Expect.Equal(Expect.Values(functional.softplus(Batch)), Softplus().call(Batch));
        Expect.Equal(Expect.Values(Batch), Identity().call(Batch));
        Expect.Shape([2, 3], Flatten().call(Batch.unsqueeze(1)));
        Expect.Shape([2, 1, 3], Unflatten(1, [1, 3]).call(Batch));
    }

    [Fact]
    public void Dropout_InTraining_ZeroesAndScales()
    {
        manual_seed(1);
        using var layer = Dropout(0.25);
        using var y = layer.call(ones(10_000));
        Assert.InRange((y == 0).sum().ToDouble() / 10_000, 0.23, 0.27);
        Assert.Equal(1 / 0.75, y.max().ToDouble(), 6);
        layer.eval();
        Expect.Equal([1, 1], layer.call(ones(2)));
    }

    [Fact]
    public void LayerNorm_Forward_NormalisesEachRow()
    {
        using var layer = LayerNorm(3, dtype: float64);
        var rows = new[] { new[] { 0.5, -1, 2 }, [1.5, 0.25, -0.75] };
        Expect.Equal(rows.SelectMany(Normalise).ToArray(), layer.call(Batch));
        CheckGradients(layer, Batch);
    }

    [Fact]
    public void BatchNorm1d_TrainingAndEvaluation_UseBatchAndRunningStatistics()
    {
        using var layer = BatchNorm1d(3, dtype: float64);
        var columns = new[] { new[] { 0.5, 1.5 }, [-1, 0.25], [2, -0.75] }.Select(Normalise).ToArray();
        Expect.Equal([columns[0][0], columns[1][0], columns[2][0], columns[0][1], columns[1][1], columns[2][1]], layer.call(Batch));
        Expect.Equal([0.1 * 1, 0.1 * -0.375, 0.1 * 0.625], layer.running_mean!);
        Expect.Equal([0.9 + 0.1 * 0.5, 0.9 + 0.1 * 0.78125, 0.9 + 0.1 * 3.78125], layer.running_var!);
        Assert.Equal(1, layer.num_batches_tracked!.ToDouble());
        Assert.Equal(["bias", "num_batches_tracked", "running_mean", "running_var", "weight"], layer.state_dict().Keys.Order(StringComparer.Ordinal));

        layer.eval();
        Expect.Equal([0.4 / Math.Sqrt(0.95 + 1e-5)], layer.call(Batch)[0, 0]);
        Assert.Throws<ArgumentException>(() => layer.call(ones(3, ScalarType.Float64)));
        CheckGradients(layer, Batch);
    }

    [Fact]
    public void Conv1d_Forward_SlidesItsKernel()
    {
        using var layer = Conv1d(1, 1, 2, dtype: float64);
        Set(layer.weight, [2, -1]);
        Set(layer.bias!, [0.5]);
        using var x = Expect.Doubles(1, 2, 4, 7).reshape(1, 1, 4);
        Expect.Equal([0.5, 0.5, 1.5], layer.call(x));
        Expect.Shape([1, 3, 4], Conv1d(1, 3, 3, padding: 1, dtype: float64).call(x));
        Expect.Shape([1, 3, 4], Conv1d(1, 3, 3, Padding.Same, dtype: float64).call(x));
        Expect.Shape([1, 3, 2], Conv1d(1, 3, 2, stride: 2, dtype: float64).call(x));
        Expect.Shape([1, 3, 4], Conv1d(1, 3, 3, padding: 1, padding_mode: PaddingModes.Reflect, dtype: float64).call(x));
        Assert.Throws<ArgumentException>(() => layer.call(ones(1, 2, 4, ScalarType.Float64)));
        CheckGradients(Conv1d(2, 3, 2, dtype: float64), arange(8, ScalarType.Float64).sin().reshape(1, 2, 4));
    }

    [Fact]
    public void ConvTranspose1d_Forward_SpreadsItsKernel()
    {
        using var layer = ConvTranspose1d(1, 1, 2, stride: 2, dtype: float64);
        Set(layer.weight, [2, -1]);
        Set(layer.bias!, [0.5]);
        using var x = Expect.Doubles(1, 3).reshape(1, 1, 2);
        Expect.Equal([2.5, -0.5, 6.5, -2.5], layer.call(x));
        Expect.Shape([1, 1, 5], layer.forward(x, [5]));
        Expect.Shape([1, 1, 5], ConvTranspose1d(1, 1, 2, stride: 2, output_padding: 1, dtype: float64).call(x));
        CheckGradients(ConvTranspose1d(2, 3, 2, dtype: float64), arange(8, ScalarType.Float64).sin().reshape(1, 2, 4));
    }

    [Fact]
    public void Pad_OfRow_FillsByMode()
    {
        using var x = Expect.Doubles(1, 2, 3).reshape(1, 1, 3);
        Expect.Equal([9, 1, 2, 3, 9, 9], functional.pad(x, [1, 2], PaddingModes.Constant, 9));
        Expect.Equal([2, 1, 2, 3, 2], functional.pad(x, (1, 1), PaddingModes.Reflect));
        Expect.Equal([1, 1, 2, 3, 3], functional.pad(x, (1, 1), PaddingModes.Replicate));
    }

    /// <summary>By the input and by each parameter.</summary>
    internal static void CheckGradients(Module<Tensor, Tensor> layer, Tensor input)
    {
        Expect.Gradient(layer.call, input);
        foreach (var (name, parameter) in layer.named_parameters().ToList())
            Expect.Gradient(value => Call(layer, name, parameter, value, () => layer.call(input)), parameter);
    }

    /// <summary>Evaluates with a parameter replaced: by value for differences, by the parameter itself for its gradient.</summary>
    internal static Tensor Call(Module layer, string name, Parameter parameter, Tensor value, Func<Tensor> forward)
    {
        using (no_grad()) parameter.copy_(value);
        if (!value.requires_grad) return forward();
        parameter.grad = null;
        var y = forward();
        var weights = linspace(0.5, 1.5, y.numel(), ScalarType.Float64).reshape(y.shape);
        var grad = autograd.grad([(y * weights).sum()], [parameter])[0].detach();
        // A linear function of the value with that gradient, and the layer's output as its value.
        return y.detach() + (grad * (value - value.detach())).sum() / (double)weights.sum();
    }

    private static double[] Normalise(double[] row)
    {
        var mean = row.Average();
        var variance = row.Average(v => (v - mean) * (v - mean));
        return row.Select(v => (v - mean) / Math.Sqrt(variance + 1e-5)).ToArray();
    }

    private static void Set(Parameter parameter, double[] values)
    {
        using var _ = no_grad();
        parameter.copy_(tensor(values).reshape(parameter.shape));
    }
}
