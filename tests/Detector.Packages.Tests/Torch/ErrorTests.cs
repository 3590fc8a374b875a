using System.Runtime.InteropServices;
using TorchSharp;
using static TorchSharp.torch;

namespace Detector.Packages.Tests.Torch;

[Collection(nameof(SerialTorch))]
public sealed class ErrorTests
{
    [Fact]
    public void Operation_ShapesThatDoNotFit_ThrowsLibtorchsMessage()
    {
        var error = Assert.Throws<ExternalException>(() => zeros(2, 3).mm(zeros(2, 3)));
        Assert.Contains("mat1 and mat2 shapes cannot be multiplied (2x3 and 2x3)", error.Message, StringComparison.Ordinal);
        error = Assert.Throws<ExternalException>(() => zeros(2) + zeros(3));
        Assert.Contains("must match the size of tensor b (3)", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void InPlace_OnLeafThatNeedsGradients_Throws()
    {
        using var x = ones(2, requires_grad: true);
        Assert.Throws<ExternalException>(() => x.add_(1));
        Assert.Throws<ExternalException>(() => x.mul_(ones(3)));
    }

    [Fact]
    public void Operation_AfterAFailure_Works()
    {
        Assert.Throws<ExternalException>(() => zeros(2).reshape(3));
        CheckForErrors();
        Expect.Equal([1, 1], ones(2));
    }

    [Fact]
    public void Cholesky_NotPositiveDefinite_Throws() =>
        Assert.Throws<ExternalException>(() => linalg.cholesky(Expect.Doubles(new[,] { { 1.0, 2 }, { 2, 1 } })));

    [Fact]
    public void Use_AfterDispose_Throws()
    {
        var x = ones(2);
        x.Dispose();
        x.Dispose();
        Assert.True(x.IsInvalid);
        Assert.Throws<InvalidOperationException>(() => x.Handle);
        Assert.Throws<InvalidOperationException>(() => x + 1);
    }

    [Fact]
    public void Index_OutOfRange_Throws() => Assert.Throws<ExternalException>(() => zeros(2)[2]);

    [Fact]
    public void Cuda_WhereThereIsNone_IsRefused()
    {
        if (cuda.is_available())
        {
            Assert.True(cuda.device_count() > 0);
            Expect.Equal([2, 2], (ones(2, device: CUDA) * 2).cpu());
            return;
        }

        Assert.False(cuda_is_available());
        Assert.ThrowsAny<Exception>(() => ones(2).cuda());
        Assert.ThrowsAny<Exception>(() => device("cuda:0"));
    }

    [Fact]
    public void Threads_Set_AreReported()
    {
        var before = get_num_threads();
        set_num_threads(1);
        Assert.Equal(1, get_num_threads());
        set_num_threads(before);
        Assert.Matches(@"^\d+\.\d+\.\d+", __version__);
    }
}
