using System.Runtime.InteropServices;
using TorchSharp;
using static TorchSharp.torch;

namespace Detector.Packages.Tests.Torch;

[Collection(nameof(SerialTorch))]
public sealed class CreationTests
{
    [Fact]
    public void Tensor_OfArrays_TakesTypeAndShape()
    {
        Assert.Equal(ScalarType.Float32, tensor(new float[] { 1 }).dtype);
        Assert.Equal(ScalarType.Float64, tensor(new double[] { 1 }).dtype);
        Assert.Equal(ScalarType.Int64, tensor(new long[] { 1 }).dtype);
        Assert.Equal(ScalarType.Int32, tensor(new[] { 1 }).dtype);
        Assert.Equal(ScalarType.Bool, tensor(new[] { true }).dtype);
        Assert.Equal(ScalarType.Float32, tensor(new double[] { 1 }, dtype: float32).dtype);
        Expect.Shape([2, 3], tensor(new float[2, 3]));
        Expect.Equal([1, 2, 3, 4], tensor(new float[,] { { 1, 2 }, { 3, 4 } }));
        Expect.Shape([2, 2], tensor(new float[] { 1, 2, 3, 4 }, new long[] { 2, 2 }));
        Expect.Shape([], tensor(1.5));
        Assert.Equal(1.5f, tensor(1.5f).item<float>());
        Assert.True(tensor(new float[] { 1 }, requires_grad: true).requires_grad);
    }

    [Fact]
    public void Tensor_OfArray_CopiesIt()
    {
        var values = new float[] { 1, 2 };
        using var copy = tensor(values);
        values[0] = 9;
        Expect.Equal([1, 2], copy);
    }

    [Fact]
    public void PinMemory_WithoutADeviceToPinFor_Throws()
    {
        using Tensor x = ones(2);
        Assert.False(x.is_pinned());
        if (!cuda.is_available())
        {
            Assert.Throws<ExternalException>(x.pin_memory);
            return;
        }

        using Tensor pinned = x.pin_memory();
        Assert.True(pinned.is_pinned());
        Expect.Equal([1, 1], pinned);
    }

    [Fact]
    public void FromArray_OfArray_SharesItsMemory()
    {
        var values = new float[] { 1, 2 };
        using var view = from_array(values);
        values[0] = 9;
        view[1] = tensor(7f);
        Expect.Equal([9, 7], view);
        Assert.Equal(7, values[1]);
    }

    [Fact]
    public void Tensor_TooFewValues_Throws() =>
        Assert.Throws<ArgumentException>(() => tensor(new float[] { 1 }, new long[] { 2, 2 }));

    [Fact]
    public void Factories_OfShapes_FillAsNamed()
    {
        Expect.Equal([0, 0, 0, 0], zeros(2, 2));
        Expect.Equal([1, 1], ones(2));
        Expect.Equal([3, 3], full(2, 3.0));
        Expect.Shape([2, 3, 4], empty(2, 3, 4));
        Expect.Shape([], zeros(Array.Empty<long>()));
        Assert.Equal(ScalarType.Float32, zeros(2).dtype);
        Assert.Equal(ScalarType.Int64, zeros(2, dtype: int64).dtype);
        Expect.Equal([0, 1, 2], arange(3));
        Assert.Equal(ScalarType.Int64, arange(3).dtype);
        Assert.Equal(ScalarType.Float32, arange(0, 1, 0.25).dtype);
        Expect.Equal([1, 3], arange(1, 5, 2));
        Expect.Equal([0, 0.5, 1], linspace(0, 1, 3));
        Expect.Equal([1, 0, 0, 1], eye(2));
        using var like = tensor(new double[,] { { 1, 2 } });
        Expect.Equal([0, 0], zeros_like(like));
        Expect.Equal([1, 1], ones_like(like));
        Expect.Equal([4, 4], full_like(like, 4));
        Assert.Equal(ScalarType.Float64, rand_like(like).dtype);
        Expect.Shape([1, 2], randn_like(like));
        Expect.Shape([1, 2], empty_like(like));
    }

    [Fact]
    public void To_TypesAndDevices_Converts()
    {
        using var x = tensor(new[] { 1.7, -1.7 });
        Expect.Equal([1, -1], x.to(int64));
        Assert.Equal(ScalarType.Float32, x.to_type(float32).dtype);
        Assert.Equal(ScalarType.BFloat16, x.to(bfloat16).dtype);
        Assert.Equal(DeviceType.CPU, x.to(CPU).device_type);
        Assert.Equal(DeviceType.CPU, x.cpu().device_type);
        Assert.Equal(ScalarType.Int32, x.to(ScalarType.Int32, device("cpu")).dtype);
    }

    [Fact]
    public void Data_OfTensors_IsReadAndWritten()
    {
        using var m = arange(6, float32).reshape(2, 3);
        var data = m.data<float>();
        Assert.Equal(6, data.Count);
        Assert.Equal([0, 1, 2, 3, 4, 5], data.ToArray());
        Assert.Equal([0, 3, 1, 4, 2, 5], m.t().data<float>().ToArray());
        Assert.Equal(5, data[1, 2]);
        Assert.Equal(4, data[4]);
        data[0, 1] = 8;
        Assert.Equal(8, m[0, 1].item<float>());
        var part = new float[4];
        data.CopyTo(part, 1, 3);
        Assert.Equal([0, 3, 4, 5], part);
        Assert.Throws<ArgumentException>(() => m.data<double>());
        Assert.Throws<ArgumentException>(() => m.item<float>());
    }

    [Fact]
    public void Bytes_OfTensor_AreItsMemory()
    {
        using var x = tensor(new[] { 1f, 2f });
        Assert.Equal(BitConverter.GetBytes(1f).Concat(BitConverter.GetBytes(2f)), x.bytes.ToArray());
        x.bytes = BitConverter.GetBytes(3f).Concat(BitConverter.GetBytes(4f)).ToArray();
        Expect.Equal([3, 4], x);
        Assert.Throws<InvalidOperationException>(() => { _ = zeros(2, 3).t().bytes.Length; });
        Assert.Throws<ArgumentException>(() => x.bytes = new byte[3]);
    }

    [Fact]
    public void Scalars_OfTensors_ConvertBetweenTypes()
    {
        Assert.Equal(2.5f, tensor(2.5).ToSingle());
        Assert.Equal(2, tensor(2).ToDouble());
        Assert.Equal(2, tensor(2.0).ToInt64());
        Assert.True(tensor(true).ToBoolean());
        Assert.Equal(3, (int)tensor(3L));
        Assert.Equal(3.5, (double)tensor(3.5));
    }

    [Fact]
    public void Clone_OfTensor_IsIndependentAndAliasIsNot()
    {
        using var x = tensor(new[] { 1f, 2f });
        using var clone = x.clone();
        using var alias = x.alias();
        x.fill_(5);
        Expect.Equal([1, 2], clone);
        Expect.Equal([5, 5], alias);
    }
}
