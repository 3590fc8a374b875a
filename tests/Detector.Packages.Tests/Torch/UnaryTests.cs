using TorchSharp;
using static TorchSharp.torch;

namespace Detector.Packages.Tests.Torch;

[Collection(nameof(SerialTorch))]
public sealed class UnaryTests
{
    private static readonly Dictionary<string, (Func<Tensor, Tensor> Torch, Func<double, double> Plain)> Operations = new()
    {
        ["abs"] = (x => x.abs(), Math.Abs),
        ["neg"] = (x => -x, x => -x),
        ["square"] = (x => x.square(), x => x * x),
        ["sqrt"] = (x => x.abs().sqrt(), x => Math.Sqrt(Math.Abs(x))),
        ["rsqrt"] = (x => x.abs().rsqrt(), x => 1 / Math.Sqrt(Math.Abs(x))),
        ["reciprocal"] = (x => x.reciprocal(), x => 1 / x),
        ["exp"] = (x => x.exp(), Math.Exp),
        ["expm1"] = (x => x.expm1(), x => Math.Exp(x) - 1),
        ["log"] = (x => x.abs().log(), x => Math.Log(Math.Abs(x))),
        ["log1p"] = (x => x.abs().log1p(), x => Math.Log(1 + Math.Abs(x))),
        ["log2"] = (x => x.abs().log2(), x => Math.Log2(Math.Abs(x))),
        ["log10"] = (x => x.abs().log10(), x => Math.Log10(Math.Abs(x))),
        ["sin"] = (x => x.sin(), Math.Sin),
        ["cos"] = (x => x.cos(), Math.Cos),
        ["tanh"] = (x => x.tanh(), Math.Tanh),
        ["sigmoid"] = (x => x.sigmoid(), x => 1 / (1 + Math.Exp(-x))),
        ["relu"] = (x => x.relu(), x => Math.Max(x, 0)),
        ["silu"] = (x => nn.functional.silu(x), x => x / (1 + Math.Exp(-x))),
        ["leaky_relu"] = (x => nn.functional.leaky_relu(x, 0.2), x => x > 0 ? x : 0.2 * x),
        ["elu"] = (x => nn.functional.elu(x, 1.5), x => x > 0 ? x : 1.5 * (Math.Exp(x) - 1)),
        ["softplus"] = (x => nn.functional.softplus(x, 2.0), x => Math.Log(1 + Math.Exp(2 * x)) / 2),
        ["pow"] = (x => x.pow(3), x => x * x * x),
        ["clamp"] = (x => x.clamp(-1.0, 1.0), x => Math.Clamp(x, -1, 1)),
        ["clamp min"] = (x => x.clamp(min: -0.5), x => Math.Max(x, -0.5)),
        ["clamp_max"] = (x => x.clamp_max(0.5), x => Math.Min(x, 0.5)),
        ["add scalar"] = (x => x + 2, x => x + 2),
        ["subtract from scalar"] = (x => 2.5 - x, x => 2.5 - x),
        ["multiply scalar"] = (x => 3.0 * x, x => 3 * x),
        ["divide scalar"] = (x => x / 4, x => x / 4),
        ["divide into scalar"] = (x => 2.0 / x, x => 2 / x),
    };

    private static readonly Dictionary<string, (Func<Tensor, Tensor> Torch, Func<double, double> Plain)> Steps = new()
    {
        ["sign"] = (x => x.sign(), x => Math.Sign(x)),
        ["floor"] = (x => x.floor(), Math.Floor),
        ["ceil"] = (x => x.ceil(), Math.Ceiling),
        ["round"] = (x => x.round(), Math.Round),
        ["trunc"] = (x => x.trunc(), Math.Truncate),
        ["remainder"] = (x => x % 0.75, x => x - 0.75 * Math.Floor(x / 0.75)),
    };

    public static TheoryData<string> Smooth => [.. Operations.Keys];

    public static TheoryData<string> Stepwise => [.. Steps.Keys];

    private static Tensor X => Expect.Doubles(-2.3, -0.7, 0.4, 1.9);

    [Theory]
    [MemberData(nameof(Smooth))]
    public void Operation_OnDoubles_EqualsPlainArithmetic(string name)
    {
        var (torch, plain) = Operations[name];
        Expect.Equal(Expect.Values(X).Select(plain).ToArray(), torch(X));
    }

    [Theory]
    [MemberData(nameof(Smooth))]
    public void Operation_Differentiated_EqualsFiniteDifferences(string name) => Expect.Gradient(Operations[name].Torch, X);

    [Theory]
    [MemberData(nameof(Stepwise))]
    public void Step_OnDoubles_EqualsPlainArithmetic(string name)
    {
        var (torch, plain) = Steps[name];
        Expect.Equal(Expect.Values(X).Select(plain).ToArray(), torch(X));
    }

    [Fact]
    public void Gelu_ExactAndTanh_EqualTheirFormulas()
    {
        var x = Expect.Values(X);
        var tanh = x.Select(v => 0.5 * v * (1 + Math.Tanh(Math.Sqrt(2 / Math.PI) * (v + 0.044715 * v * v * v)))).ToArray();
        Expect.Equal(tanh, nn.functional.gelu(X, TorchSharp.Modules.GELU.Approximate.tanh));
        using var exact = 0.5 * X * (1 + (X / Math.Sqrt(2)).erf());
        Expect.Equal(Expect.Values(exact), nn.functional.gelu(X));
        Expect.Gradient(t => nn.functional.gelu(t), X);
    }

    [Fact]
    public void Softplus_AboveThreshold_IsTheIdentity() => Expect.Equal([25.0], nn.functional.softplus(Expect.Doubles(25.0)), 0);

    [Fact]
    public void NanToNum_SpecialValues_AreReplaced()
    {
        using var x = Expect.Doubles(double.NaN, double.PositiveInfinity, double.NegativeInfinity, 1.5);
        Expect.Equal([7, 8, -9, 1.5], x.nan_to_num(7, 8, -9));
        Expect.Equal([0, double.MaxValue, double.MinValue, 1.5], x.nan_to_num());
    }

    [Fact]
    public void Predicates_SpecialValues_AreRecognised()
    {
        using var x = Expect.Doubles(double.NaN, double.PositiveInfinity, 0, 1);
        Expect.Equal([1, 0, 0, 0], x.isnan());
        Expect.Equal([0, 1, 0, 0], x.isinf());
        Expect.Equal([0, 0, 1, 1], x.isfinite());
        Expect.Equal([1, 1, 0, 0], x.isfinite().logical_not());
    }

    [Fact]
    public void InPlace_OnTensor_ChangesItAndReturnsIt()
    {
        using var x = Expect.Doubles(1, -4);
        Assert.Same(x, x.mul_(2.0));
        Assert.Same(x, x.add_(1));
        Assert.Same(x, x.sub_(0.5));
        Assert.Same(x, x.div_(2));
        Expect.Equal([1.25, -3.75], x);
        Assert.Same(x, x.abs_());
        Assert.Same(x, x.clamp_(2.0, 3.0));
        Expect.Equal([2, 3], x);
        Assert.Same(x, x.fill_(6));
        Expect.Equal([6, 6], x);
        x.zero_();
        Expect.Equal([0, 0], x);
        Assert.Same(x, x.copy_(Expect.Doubles(8, 9)));
        Expect.Equal([8, 9], x);
    }
}
