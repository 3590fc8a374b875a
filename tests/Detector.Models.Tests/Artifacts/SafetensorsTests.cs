using System.Text;
using Detector.Models.Artifacts;

namespace Detector.Models.Tests.Artifacts;

public sealed class SafetensorsTests
{
    // Written by hand after the format's description: length, header padded to 8, content.
    private static readonly byte[] Known =
    [
        .. BitConverter.GetBytes(136L),
        .. Encoding.ASCII.GetBytes("{\"__metadata__\":{\"a\":\"b\"},\"n\":{\"dtype\":\"I64\",\"shape\":[],\"data_offsets\":[0,8]},\"w\":{\"dtype\":\"F32\",\"shape\":[2,1],\"data_offsets\":[8,16]}}".PadRight(136)),
        7, 0, 0, 0, 0, 0, 0, 0,
        0, 0, 0x80, 0x3F, 0, 0, 0, 0xC0,
    ];

    [Fact]
    public void Write_KnownTensors_GivesTheKnownBytes()
    {
        using var stream = new MemoryStream();
        var tensors = new Dictionary<string, ArtifactTensor> { ["w"] = ArtifactTensor.From([1f, -2f], 2, 1), ["n"] = ArtifactTensor.From([7L]) };
        Safetensors.Write(stream, tensors, new Dictionary<string, string> { ["a"] = "b" });
        Assert.Equal(Known, stream.ToArray());
    }

    [Fact]
    public void Read_KnownBytes_GivesTheTensors()
    {
        var tensors = Safetensors.Read(Known, out var metadata);
        Assert.Equal("b", metadata["a"]);
        Assert.Equal([7], tensors["n"].ToIntegers());
        Assert.Empty(tensors["n"].Shape);
        Assert.Equal([1f, -2f], tensors["w"].ToFloats());
        Assert.Equal([2, 1], tensors["w"].Shape);
        Assert.Throws<InvalidOperationException>(() => tensors["w"].ToDoubles());
    }

    [Fact]
    public void Read_EveryTruncation_IsRefused()
    {
        for (var length = 0; length < Known.Length; length++)
            Assert.Throws<InvalidDataException>(() => Safetensors.Read(Known.AsMemory(0, length)));
        Assert.Throws<InvalidDataException>(() => Safetensors.Read((byte[])[.. Known, 0]));
    }

    [Theory]
    [InlineData("{")]
    [InlineData("[]")]
    [InlineData("{\"w\":1}")]
    [InlineData("{\"w\":{\"dtype\":\"F16\",\"shape\":[4],\"data_offsets\":[0,8]}}")]
    [InlineData("{\"w\":{\"dtype\":\"F64\",\"shape\":[2],\"data_offsets\":[0,8]}}")]
    [InlineData("{\"w\":{\"dtype\":\"F64\",\"shape\":[-1],\"data_offsets\":[0,8]}}")]
    [InlineData("{\"w\":{\"dtype\":\"F64\",\"shape\":[9223372036854775807,9],\"data_offsets\":[0,8]}}")]
    [InlineData("{\"w\":{\"dtype\":\"F64\",\"shape\":[1],\"data_offsets\":[8,0]}}")]
    [InlineData("{\"w\":{\"dtype\":\"F64\",\"shape\":[1],\"data_offsets\":[0,8,8]}}")]
    [InlineData("{\"w\":{\"dtype\":\"F64\",\"shape\":[1],\"data_offsets\":[-8,0]}}")]
    [InlineData("{\"w\":{\"dtype\":\"F64\",\"shape\":[1.5],\"data_offsets\":[0,8]}}")]
    [InlineData("{\"w\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[4,8]}}")]
    [InlineData("{\"w\":{\"dtype\":\"F64\",\"shape\":[1],\"data_offsets\":[0,8]},\"v\":{\"dtype\":\"F64\",\"shape\":[1],\"data_offsets\":[0,8]}}")]
    [InlineData("{\"w\":{\"dtype\":\"F64\",\"shape\":[1],\"data_offsets\":[0,8]},\"w\":{\"dtype\":\"F64\",\"shape\":[0],\"data_offsets\":[8,8]}}")]
    [InlineData("{\"__metadata__\":{\"a\":1},\"w\":{\"dtype\":\"F64\",\"shape\":[1],\"data_offsets\":[0,8]}}")]
    public void Read_HeaderTheFormatForbids_IsRefused(string header)
    {
        var bytes = Encoding.UTF8.GetBytes(header);
        Assert.Throws<InvalidDataException>(() => Safetensors.Read((byte[])[.. BitConverter.GetBytes((long)bytes.Length), .. bytes, 0, 0, 0, 0, 0, 0, 0, 0]));
    }

    [Fact]
    public void Write_MixedTypesAndOddNames_RoundTrips()
    {
        using var stream = new MemoryStream();
        var tensors = new Dictionary<string, ArtifactTensor>
        {
            ["b.weight \"é\""] = ArtifactTensor.From([1f, 2f, 3f], 3),
            ["a"] = ArtifactTensor.From([double.NaN, double.Epsilon, -0.0, 1e300], 2, 2),
            ["empty"] = ArtifactTensor.From((ReadOnlySpan<float>)[], 0, 5),
        };
        Safetensors.Write(stream, tensors);
        stream.Position = 0;
        var read = Safetensors.Read(stream);
        Assert.Equal(tensors.Keys.Order(), read.Keys.Order());
        foreach (var (name, tensor) in tensors)
        {
            Assert.Equal(tensor.Bytes.ToArray(), read[name].Bytes.ToArray());
            Assert.Equal(tensor.Shape, read[name].Shape);
        }

        Assert.Throws<ArgumentException>(() => ArtifactTensor.From([1f], 2));
    }
}
