using TorchSharp;
using static TorchSharp.torch;

namespace Detector.Packages.Tests.Torch;

[Collection(nameof(SerialTorch))]
public sealed class ReductionTests
{
    private static Tensor Matrix => Expect.Doubles(new[,] { { 4.0, -1, 2.5 }, { 0.5, 3, -6 } });

    [Fact]
    public void Sums_OverAllAndSome_AddUp()
    {
        Expect.Equal([3], Matrix.sum());
        Expect.Equal([5.5, -2.5], Matrix.sum(1));
        Expect.Equal([4.5, 2, -3.5], Matrix.sum([0], keepdim: true));
        Expect.Shape([1, 3], Matrix.sum([0], keepdim: true));
        Expect.Equal([0.5], Matrix.mean());
        Expect.Equal([2.25, 1, -1.75], Matrix.mean([0]));
        Expect.Equal([90], Matrix.prod());
        Assert.Equal(ScalarType.Float64, tensor(new float[] { 1 }).sum(type: ScalarType.Float64).dtype);
        Assert.Equal(2, tensor(new[] { true, true, false }).sum().item<long>());
    }

    [Fact]
    public void Spreads_OfVector_EqualTheirFormulas()
    {
        using var x = Expect.Doubles(1, 2, 4, 9);
        Expect.Equal([38.0 / 3], x.var());
        Expect.Equal([38.0 / 4], x.var(0, unbiased: false));
        Expect.Equal([Math.Sqrt(38.0 / 3)], x.std());
        Expect.Equal([Math.Sqrt(38.0 / 4)], x.unsqueeze(0).std(1, unbiased: false));
        Expect.Equal([Math.Sqrt(102)], x.norm(), 1e-6);
        Expect.Equal([16], x.norm(p: 1), 1e-6);
        Expect.Equal([Math.Sqrt(102)], x.unsqueeze(0).norm(1), 1e-6);
    }

    [Fact]
    public void Extremes_OverAllAndSome_AreFound()
    {
        Expect.Equal([4], Matrix.max());
        Expect.Equal([-6], Matrix.min());
        Expect.Equal([4, 3], Matrix.amax(1));
        Expect.Equal([0.5, -1, -6], Matrix.amin([0], keepdim: false));
        var (largest, at) = Matrix.max(1);
        Expect.Equal([4, 3], largest);
        Expect.Equal([0, 1], at);
        var (smallest, where) = Matrix.min(0);
        Expect.Equal([0.5, -1, -6], smallest);
        Expect.Equal([1, 0, 1], where);
        Assert.Equal(0, Matrix.argmax().item<long>());
        Expect.Equal([1, 2], Matrix.argmin(1));
    }

    [Fact]
    public void Orders_OfVector_SortTopkMedianQuantile()
    {
        using var x = Expect.Doubles(3, 1, 2, 5);
        var (sorted, indices) = x.sort();
        Expect.Equal([1, 2, 3, 5], sorted);
        Expect.Equal([1, 2, 0, 3], indices);
        Expect.Equal([5, 3, 2, 1], x.sort(descending: true).Values);
        Expect.Equal([3, 0, 2, 1], x.argsort(descending: true));
        var (top, places) = x.topk(2);
        Expect.Equal([5, 3], top);
        Expect.Equal([3, 0], places);
        Expect.Equal([2], x.median());
        Expect.Equal([2.5, 5], quantile(x, Expect.Doubles(0.5, 1)));
        Expect.Equal([3, 4, 6, 11], x.cumsum(0));
    }

    [Fact]
    public void Softmax_OfRow_SumsToOne()
    {
        var e = new[] { 1.0, 2, 0.5 }.Select(Math.Exp).ToArray();
        Expect.Equal(e.Select(v => v / e.Sum()).ToArray(), Expect.Doubles(1, 2, 0.5).softmax(0));
        Expect.Equal([Math.Log(e.Sum())], Expect.Doubles(1, 2, 0.5).logsumexp(0));
    }

    [Fact]
    public void Reductions_Differentiated_EqualFiniteDifferences()
    {
        Expect.Gradient(x => x.sum(1), Matrix);
        Expect.Gradient(x => x.mean([0]), Matrix);
        Expect.Gradient(x => x.prod(), Matrix);
        Expect.Gradient(x => x.var([1], unbiased: false), Matrix);
        Expect.Gradient(x => x.std(), Matrix);
        Expect.Gradient(x => x.norm(), Matrix);
        Expect.Gradient(x => x.amax(1), Matrix);
        Expect.Gradient(x => x.max(0).values, Matrix);
        Expect.Gradient(x => x.sort(1).Values.square(), Matrix);
        Expect.Gradient(x => x.topk(2).values.square(), Matrix);
        Expect.Gradient(x => x.cumsum(1).square(), Matrix);
        Expect.Gradient(x => x.softmax(1), Matrix);
        Expect.Gradient(x => x.logsumexp(1), Matrix);
        Expect.Gradient(x => quantile(x, tensor(0.3, ScalarType.Float64), 1), Matrix);
    }
}
