using TorchSharp;
using static TorchSharp.torch;

namespace Detector.Packages.Tests.Torch;

[Collection(nameof(SerialTorch))]
public sealed class IndexingTests
{
    private static Tensor Matrix => arange(12, ScalarType.Float64).reshape(3, 4);

    [Fact]
    public void Get_Numbers_SelectsRowsAndElements()
    {
        Expect.Equal([4, 5, 6, 7], Matrix[1]);
        Expect.Equal([8, 9, 10, 11], Matrix[-1]);
        Assert.Equal(6, Matrix[1, 2].item<double>());
    }

    [Fact]
    public void Get_Slices_SelectsParts()
    {
        Expect.Equal([1, 5, 9], Matrix[TensorIndex.Ellipsis, 1]);
        Expect.Equal([1, 5, 9], Matrix[TensorIndex.Colon, TensorIndex.Single(1)]);
        Expect.Equal([0, 1, 4, 5], Matrix[TensorIndex.Slice(0, 2), TensorIndex.Slice(stop: 2)]);
        Expect.Equal([0, 2, 4, 6, 8, 10], Matrix[TensorIndex.Colon, TensorIndex.Slice(step: 2)]);
        Expect.Equal([5, 6], Matrix[1, 1..3]);
        Expect.Equal([10, 11], Matrix[^1, 2..]);
        Expect.Equal([2, 3], Matrix[0, ^2..]);
        Expect.Equal([4, 5, 6], Matrix[1, ..^1]);
        Expect.Shape([3, 1, 4], Matrix[TensorIndex.Colon, TensorIndex.None]);
    }

    [Fact]
    public void Get_Tensors_SelectsByIndexAndMask()
    {
        Expect.Equal([8, 9, 10, 11, 0, 1, 2, 3], Matrix[tensor(new long[] { 2, 0 })]);
        Expect.Equal([10, 11], Matrix[Matrix > 9]);
        Expect.Equal([9, 2], Matrix[TensorIndex.Tensor(tensor(new long[] { 2, 0 })), TensorIndex.Tensor(tensor(new long[] { 1, 2 }))]);
    }

    [Fact]
    public void Set_Parts_WritesThem()
    {
        using var m = zeros(2, 3, ScalarType.Float64);
        m[0, 1] = tensor(5.0);
        m[1] = Expect.Doubles(7, 8, 9);
        m[TensorIndex.Ellipsis, 2] = Expect.Doubles(-1, -2);
        Expect.Equal([0, 5, -1, 7, 8, -2], m);
        m[m < 0] = tensor(0.0);
        Expect.Equal([0, 5, 0, 7, 8, 0], m);
        m.index_put_(3, TensorIndex.Colon, TensorIndex.Single(0));
        Expect.Equal([3, 5, 0, 3, 8, 0], m);
    }
}
