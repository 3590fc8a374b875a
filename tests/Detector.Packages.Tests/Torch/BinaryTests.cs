using TorchSharp;
using static TorchSharp.torch;

namespace Detector.Packages.Tests.Torch;

[Collection(nameof(SerialTorch))]
public sealed class BinaryTests
{
    private static readonly Dictionary<string, (Func<Tensor, Tensor, Tensor> Torch, Func<double, double, double> Plain)> Operations = new()
    {
        ["+"] = ((a, b) => a + b, (a, b) => a + b),
        ["-"] = ((a, b) => a - b, (a, b) => a - b),
        ["*"] = ((a, b) => a * b, (a, b) => a * b),
        ["/"] = ((a, b) => a / b, (a, b) => a / b),
        ["add alpha"] = ((a, b) => a.add(b, alpha: 2.5), (a, b) => a + 2.5 * b),
        ["pow"] = ((a, b) => a.abs().pow(b), (a, b) => Math.Pow(Math.Abs(a), b)),
        ["maximum"] = ((a, b) => maximum(a, b), Math.Max),
        ["minimum"] = ((a, b) => minimum(a, b), Math.Min),
        ["addcmul"] = ((a, b) => a.addcmul(a, b, 0.5), (a, b) => a + 0.5 * a * b),
        ["addcdiv"] = ((a, b) => a.addcdiv(a, b, 0.5), (a, b) => a + 0.5 * a / b),
        ["lerp"] = ((a, b) => lerp(a, b, tensor(0.25)), (a, b) => a + 0.25 * (b - a)),
        ["where"] = ((a, b) => where(a > 0, a, b), (a, b) => a > 0 ? a : b),
    };

    private static readonly Dictionary<string, (Func<Tensor, Tensor, Tensor> Torch, Func<double, double, bool> Plain)> Comparisons = new()
    {
        ["<"] = ((a, b) => a < b, (a, b) => a < b),
        ["<="] = ((a, b) => a <= b, (a, b) => a <= b),
        [">"] = ((a, b) => a > b, (a, b) => a > b),
        [">="] = ((a, b) => a >= b, (a, b) => a >= b),
        ["=="] = ((a, b) => a == b, (a, b) => a == b),
        ["!="] = ((a, b) => a != b, (a, b) => a != b),
        ["lt"] = ((a, b) => a.lt(b), (a, b) => a < b),
        ["gt scalar"] = ((a, _) => a.gt(1), (a, _) => a > 1),
        ["scalar <"] = ((a, _) => (Scalar)1.0 < a, (a, _) => a > 1),
        ["and"] = ((a, b) => (a > 0).logical_and(b > 0), (a, b) => a > 0 && b > 0),
        ["or"] = ((a, b) => (a > 0) | (b > 0), (a, b) => a > 0 || b > 0),
    };

    public static TheoryData<string> Names => [.. Operations.Keys];

    public static TheoryData<string> ComparisonNames => [.. Comparisons.Keys];

    private static Tensor A => Expect.Doubles(-1.5, 0.5, 2, 3.25);

    private static Tensor B => Expect.Doubles(2, 0.5, -1.25, 0.75);

    [Theory]
    [MemberData(nameof(Names))]
    public void Operation_OnDoubles_EqualsPlainArithmetic(string name)
    {
        var (torch, plain) = Operations[name];
        Expect.Equal(Expect.Values(A).Zip(Expect.Values(B), plain).ToArray(), torch(A, B));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Operation_Differentiated_EqualsFiniteDifferences(string name)
    {
        using var a = Expect.Doubles(-1.5, 0.5, 2, 3.25);
        using var b = Expect.Doubles(2, 0.75, -1.25, 0.6);
        Expect.Gradient(x => Operations[name].Torch(x, b), a);
        Expect.Gradient(x => Operations[name].Torch(a, x), b);
    }

    [Theory]
    [MemberData(nameof(ComparisonNames))]
    public void Comparison_OnDoubles_EqualsPlainComparison(string name)
    {
        var (torch, plain) = Comparisons[name];
        using var result = torch(A, B);
        Assert.Equal(ScalarType.Bool, result.dtype);
        Expect.Equal(Expect.Values(A).Zip(Expect.Values(B), (a, b) => plain(a, b) ? 1.0 : 0.0).ToArray(), result);
    }

    [Fact]
    public void Add_RowToMatrix_Broadcasts()
    {
        using var sum = Expect.Doubles(new[,] { { 1.0, 2 }, { 3, 4 } }) + Expect.Doubles(10, 20);
        Expect.Equal([11, 22, 13, 24], sum);
        Expect.Gradient(row => Expect.Doubles(new[,] { { 1.0, 2 }, { 3, 4 } }) * row, Expect.Doubles(10, 20));
    }

    [Fact]
    public void Div_RoundingModes_TruncateAndFloor()
    {
        Expect.Equal([-3, 3], Expect.Doubles(-7, 7).div(2, RoundingMode.trunc));
        Expect.Equal([-4, 3], Expect.Doubles(-7, 7).div(2, RoundingMode.floor));
    }

    [Fact]
    public void AnyAll_OfConditions_AreLogical()
    {
        Assert.True((A > 3).any().item<bool>());
        Assert.False((A > 3).all().item<bool>());
        Assert.True(A.isfinite().all().ToBoolean());
        Expect.Equal([0, 1], tensor(new[,] { { true, false }, { true, true } }).all(1));
    }

    [Fact]
    public void MaskedFill_WhereTrue_SetsTheValue()
    {
        Expect.Equal([0, 0.5, 2, 3.25], A.masked_fill(A < 0, 0));
        using var x = A;
        Assert.Same(x, x.masked_fill_(x > 1, -1));
        Expect.Equal([-1.5, 0.5, -1, -1], x);
    }

    [Fact]
    public void Losses_OfTwoTensors_EqualTheirFormulas()
    {
        var (a, b) = (Expect.Values(A), Expect.Values(B));
        var d = a.Zip(b, (x, y) => x - y).ToArray();
        Expect.Equal([d.Average(x => x * x)], nn.functional.mse_loss(A, B));
        Expect.Equal([d.Sum(Math.Abs)], nn.functional.l1_loss(A, B, nn.Reduction.Sum));
        Expect.Equal(d.Select(x => Math.Abs(x) < 1 ? 0.5 * x * x : Math.Abs(x) - 0.5).ToArray(),
            nn.functional.smooth_l1_loss(A, B, nn.Reduction.None));
        Expect.Equal([d.Average(x => Math.Abs(x) <= 0.7 ? 0.5 * x * x : 0.7 * (Math.Abs(x) - 0.35))],
            nn.functional.huber_loss(A, B, 0.7));
        Expect.Gradient(x => nn.functional.mse_loss(x, B), A);
        Expect.Gradient(x => nn.functional.huber_loss(x, B, 0.7), A);
        Expect.Gradient(x => nn.functional.smooth_l1_loss(x, B, beta: 0.5), A);
    }
}
