using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Detector.Packages.Tests.Torch;

[Collection(nameof(SerialTorch))]
public sealed class RecurrentTests
{
    [Fact]
    public void Gru_Forward_EqualsItsEquations()
    {
        using var scope = NewDisposeScope();
        using var gru = GRU(2, 3, batchFirst: true, dtype: float64);
        using var x = arange(8, ScalarType.Float64).sin().reshape(1, 4, 2);
        var (output, last) = gru.call(x);
        Expect.Shape([1, 4, 3], output);
        Expect.Shape([1, 1, 3], last);
        Expect.Equal(Expect.Values(output[0, 3]), last);

        var h = zeros(3, ScalarType.Float64);
        for (var t = 0; t < 4; t++)
        {
            var i = gru.get_parameter("weight_ih_l0")!.mv(x[0, t]) + gru.get_parameter("bias_ih_l0")!;
            var g = gru.get_parameter("weight_hh_l0")!.mv(h) + gru.get_parameter("bias_hh_l0")!;
            var (i3, g3) = (i.chunk(3), g.chunk(3));
            var reset = (i3[0] + g3[0]).sigmoid();
            var update = (i3[1] + g3[1]).sigmoid();
            var candidate = (i3[2] + reset * g3[2]).tanh();
            h = (1 - update) * candidate + update * h;
            Expect.Equal(Expect.Values(h), output[0, t]);
        }
    }

    [Fact]
    public void Lstm_Forward_EqualsItsEquations()
    {
        using var scope = NewDisposeScope();
        using var lstm = LSTM(2, 3, batchFirst: true, dtype: float64);
        using var x = arange(8, ScalarType.Float64).sin().reshape(1, 4, 2);
        var (output, hn, cn) = lstm.call(x);

        var (h, c) = (zeros(3, ScalarType.Float64), zeros(3, ScalarType.Float64));
        for (var t = 0; t < 4; t++)
        {
            var all = lstm.get_parameter("weight_ih_l0")!.mv(x[0, t]) + lstm.get_parameter("bias_ih_l0")! +
                lstm.get_parameter("weight_hh_l0")!.mv(h) + lstm.get_parameter("bias_hh_l0")!;
            var gates = all.chunk(4);
            c = gates[1].sigmoid() * c + gates[0].sigmoid() * gates[2].tanh();
            h = gates[3].sigmoid() * c.tanh();
            Expect.Equal(Expect.Values(h), output[0, t]);
        }

        Expect.Equal(Expect.Values(h), hn);
        Expect.Equal(Expect.Values(c), cn);
    }

    [Fact]
    public void Recurrent_ByInput_DifferentiatesLikeFiniteDifferences()
    {
        using var gru = GRU(2, 3, numLayers: 2, bidirectional: true, dtype: float64);
        using var lstm = LSTM(2, 3, dtype: float64);
        using var x = arange(6, ScalarType.Float64).cos().reshape(3, 1, 2);
        Expect.Gradient(v => gru.call(v).Item1, x);
        Expect.Gradient(v => lstm.call(v).Item1, x);
        using var h0 = arange(3, ScalarType.Float64).reshape(1, 1, 3);
        Expect.Gradient(v => lstm.call(x, (v, v)).Item2, h0);
    }

    [Fact]
    public void Recurrent_ByParameters_DifferentiatesLikeFiniteDifferences()
    {
        using var gru = GRU(2, 2, dtype: float64);
        using var lstm = LSTM(2, 2, dtype: float64);
        using var x = arange(4, ScalarType.Float64).cos().reshape(2, 1, 2);
        foreach (var (name, parameter) in gru.named_parameters().ToList())
            Expect.Gradient(v => LayerTests.Call(gru, name, parameter, v, () => gru.call(x).Item1), parameter);
        foreach (var (name, parameter) in lstm.named_parameters().ToList())
            Expect.Gradient(v => LayerTests.Call(lstm, name, parameter, v, () => lstm.call(x).Item1), parameter);
    }

    [Fact]
    public void StateDict_OfRecurrent_UsesLibtorchsNames()
    {
        using var gru = GRU(2, 3, numLayers: 2, bidirectional: true);
        var keys = gru.state_dict().Keys.ToList();
        Assert.Equal(16, keys.Count);
        Assert.Contains("weight_ih_l0", keys);
        Assert.Contains("bias_hh_l1_reverse", keys);
        Expect.Shape([9, 6], gru.get_parameter("weight_ih_l1")!);
    }
}
