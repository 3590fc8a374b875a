using TorchSharp;
using static TorchSharp.torch;

namespace Detector.Packages.Tests.Torch;

[Collection(nameof(SerialTorch))]
public sealed class ShapeTests
{
    private static Tensor Matrix => arange(6, ScalarType.Float64).reshape(2, 3);

    [Fact]
    public void Shape_OfMatrix_IsDescribedInAllWays()
    {
        using var m = Matrix;
        Assert.Equal(new long[] { 2, 3 }, m.shape);
        Assert.Equal(2, m.dim());
        Assert.Equal(2, m.ndim);
        Assert.Equal(6, m.numel());
        Assert.Equal(6, m.NumberOfElements);
        Assert.Equal(3, m.size(1));
        Assert.Equal(3, m.size(-1));
        Assert.Equal(new long[] { 3, 1 }, m.stride());
        Assert.Equal(ScalarType.Float64, m.dtype);
        Assert.Equal(DeviceType.CPU, m.device_type);
        Assert.Equal("cpu", m.device.ToString());
        Assert.True(m.is_contiguous());
        Assert.False(m.t().is_contiguous());
        Assert.True(m.t().contiguous().is_contiguous());
    }

    [Fact]
    public void Transposes_OfMatrix_SwapDimensions()
    {
        Expect.Equal([0, 3, 1, 4, 2, 5], Matrix.t());
        Expect.Equal([0, 3, 1, 4, 2, 5], Matrix.T);
        Expect.Equal([0, 3, 1, 4, 2, 5], Matrix.transpose(0, 1));
        Expect.Equal([0, 3, 1, 4, 2, 5], Matrix.permute(1, 0));
        Expect.Shape([4, 2, 3], zeros(2, 3, 4).permute(2, 0, 1));
    }

    [Fact]
    public void Reshapes_OfMatrix_KeepOrder()
    {
        Expect.Shape([3, 2], Matrix.reshape(3, -1));
        Expect.Shape([6], Matrix.view(6));
        Expect.Shape([6], Matrix.flatten());
        Expect.Shape([2, 12], zeros(2, 3, 4).flatten(1));
        Expect.Shape([2, 1, 3], Matrix.unsqueeze(1));
        Expect.Shape([2, 3], zeros(2, 1, 3, 1).squeeze());
        Expect.Shape([2, 3, 1], zeros(2, 1, 3, 1).squeeze(1));
        Expect.Shape([2, 3, 2, 2], zeros(2, 3, 4).unflatten(2, 2, 2));
    }

    [Fact]
    public void Repetitions_OfRow_ExpandRepeatTile()
    {
        using var row = Expect.Doubles(1, 2).unsqueeze(0);
        Expect.Equal([1, 2, 1, 2, 1, 2], row.expand(3, 2));
        Expect.Equal([1, 2, 1, 2, 1, 2], row.expand_as(zeros(3, 2)));
        Expect.Equal([1, 2, 1, 2], row.repeat(1, 2));
        Expect.Equal([1, 1, 2, 2], row.repeat_interleave(2, 1));
        Expect.Equal([2, 1], row.flip(1));
        Expect.Equal([2, 1], row.roll(1, 1));
    }

    [Fact]
    public void Joins_OfMatrices_CatAndStack()
    {
        Expect.Equal([0, 1, 2, 3, 4, 5, 0, 1, 2, 3, 4, 5], cat([Matrix, Matrix]));
        Expect.Equal([0, 1, 2, 0, 1, 2, 3, 4, 5, 3, 4, 5], cat([Matrix, Matrix], 1));
        Expect.Shape([2, 2, 3], stack([Matrix, Matrix]));
        Expect.Shape([2, 3, 2], stack([Matrix, Matrix], -1));
    }

    [Fact]
    public void Parts_OfVector_SplitAndChunk()
    {
        using var v = arange(7, ScalarType.Float64);
        Assert.Equal([3, 3, 1], v.split(3).Select(p => p.numel()));
        Assert.Equal([2, 5], v.split([2, 5], 0).Select(p => p.numel()));
        Assert.Equal([4, 3], v.chunk(2).Select(p => p.numel()));
        Expect.Equal([4, 5, 6], v.chunk(2)[1]);
        Assert.Equal(7, v.unbind().Length);
    }

    [Fact]
    public void Selections_OfMatrix_PickElements()
    {
        Expect.Equal([1, 2, 4, 5], Matrix.narrow(1, 1, 2));
        Expect.Equal([0, 2, 3, 5], Matrix.slice(1, 0, 3, 2));
        Expect.Equal([3, 4, 5], Matrix.select(0, 1));
        Expect.Equal([2, 0, 5, 3], Matrix.index_select(1, tensor(new long[] { 2, 0 })));
        Expect.Equal([1, 5], Matrix.gather(1, tensor(new long[,] { { 1 }, { 2 } })));
        Expect.Equal([4, 5], Matrix.masked_select(Matrix > 3));
        Expect.Equal([0, 0, 9, 0, 7, 0], zeros(2, 3, ScalarType.Float64).scatter(
            1, tensor(new long[,] { { 2 }, { 1 } }), Expect.Doubles(new[,] { { 9.0 }, { 7 } })));
        Expect.Equal([0, 1, 1, 2, 2, 3], arange(4, ScalarType.Float64).unfold(0, 2, 1));
    }

    [Fact]
    public void Triangles_OfMatrix_AreCutOut()
    {
        Expect.Equal([0, 0, 0, 3, 4, 0], Matrix.tril());
        Expect.Equal([0, 1, 2, 0, 4, 5], Matrix.triu());
        Expect.Equal([1, 0, 0, 2], Expect.Doubles(1, 2).diag());
        Expect.Equal([0, 4], Matrix.diagonal());
    }

    [Fact]
    public void Views_Differentiated_EqualFiniteDifferences()
    {
        Expect.Gradient(x => x.t().reshape(6).square(), Matrix);
        Expect.Gradient(x => x.permute(1, 0).unsqueeze(0).square(), Matrix);
        Expect.Gradient(x => x.unsqueeze(0).expand(2, 2, 3).square(), Matrix);
        Expect.Gradient(x => x.repeat(2, 1).square(), Matrix);
        Expect.Gradient(x => cat([x, x.square()], 1), Matrix);
        Expect.Gradient(x => stack([x, x.square()]), Matrix);
        Expect.Gradient(x => x.narrow(1, 1, 2).square(), Matrix);
        Expect.Gradient(x => x[TensorIndex.Ellipsis, 1].square(), Matrix);
        Expect.Gradient(x => x.index_select(1, tensor(new long[] { 2, 0, 2 })).square(), Matrix);
        Expect.Gradient(x => x.gather(1, tensor(new long[,] { { 1 }, { 2 } })).square(), Matrix);
        Expect.Gradient(x => x.tril().square(), Matrix);
        Expect.Gradient(x => x.chunk(3, 1)[2].square(), Matrix);
    }
}
