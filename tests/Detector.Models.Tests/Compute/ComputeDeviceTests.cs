using Detector.Models.Compute;

namespace Detector.Models.Tests.Compute;

public sealed class ComputeDeviceTests
{
    [Fact]
    public void Select_Cpu_UsesOneThread()
    {
        Assert.Equal("cpu", ComputeDevice.Select("cpu").Name);
        Assert.Equal(1, TorchSharp.torch.get_num_threads());
    }

    [Fact]
    public void Select_Auto_FindsADevice() => Assert.Matches("^(cpu|cuda:0)$", ComputeDevice.Select("auto").Name);

    [Theory]
    [InlineData("")]
    [InlineData("gpu")]
    [InlineData("CPU")]
    [InlineData("cuda:")]
    [InlineData("cuda:-1")]
    [InlineData("cuda:1x")]
    public void Select_UnknownName_NamesItAndTheKnownOnes(string name)
    {
        var error = Assert.Throws<ArgumentException>(() => ComputeDevice.Select(name));

        Assert.Contains($"'{name}'", error.Message, StringComparison.Ordinal);
        Assert.Contains("auto, cpu, cuda, cuda:N or cpu-torch", error.Message, StringComparison.Ordinal);
        Assert.False(ComputeDevice.IsKnown(name));
    }

    [Fact]
    public void Select_DeviceThatIsNotThere_SaysHowManyThereAre()
    {
        var error = Assert.Throws<ArgumentException>(() => ComputeDevice.Select("cuda:99"));

        Assert.Contains("'cuda:99'", error.Message, StringComparison.Ordinal);
        Assert.Contains("CUDA devices", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("auto")]
    [InlineData("cpu")]
    [InlineData("cuda")]
    [InlineData("cuda:7")]
    [InlineData("cpu-torch")]
    public void IsKnown_KnownName_HoldsWhetherOrNotItIsThere(string name) => Assert.True(ComputeDevice.IsKnown(name));

    [Fact]
    public void DescribeBlas_Always_NamesALibraryWithoutItsPath()
    {
        string blas = ComputeDevice.DescribeBlas();

        Assert.NotEmpty(blas);
        Assert.DoesNotContain('/', blas);
    }
}
