using TorchSharp;
using static TorchSharp.torch;

namespace Detector.Packages.Tests.Torch;

[Collection(nameof(SerialTorch))]
public sealed class AutogradTests
{
    [Fact]
    public void Backward_OnScalar_AccumulatesGradients()
    {
        using var x = tensor(new[] { 2f, 3f }, requires_grad: true);
        Assert.True(x.is_leaf);
        Assert.Null(x.grad);
        x.square().sum().backward();
        Expect.Equal([4, 6], x.grad!);
        x.square().sum().backward();
        Expect.Equal([8, 12], x.grad!);
        x.grad = null;
        Assert.Null(x.grad);
        x.grad = ones_like(x);
        Expect.Equal([1, 1], x.grad!);
    }

    [Fact]
    public void Backward_OnVector_NeedsAGradient()
    {
        using var x = tensor(new[] { 2f, 3f }, requires_grad: true);
        Assert.Throws<System.Runtime.InteropServices.ExternalException>(() => x.square().backward());
        x.square().backward([tensor(new[] { 1f, 10f })]);
        Expect.Equal([4, 60], x.grad!);
    }

    [Fact]
    public void Grad_OfGrad_GivesSecondDerivatives()
    {
        using var x = tensor(new[] { 2.0 }, requires_grad: true);
        var first = autograd.grad([x.pow(3).sum()], [x], create_graph: true)[0];
        Expect.Equal([12], first);
        Expect.Equal([12], autograd.grad([first.sum()], [x])[0]);
    }

    [Fact]
    public void Grad_UnusedInput_GetsAnInvalidTensorWhereAllowed()
    {
        using var x = tensor(new[] { 2.0 }, requires_grad: true);
        using var unused = tensor(new[] { 2.0 }, requires_grad: true);
        Assert.True(autograd.grad([x.square().sum()], [unused], allow_unused: true)[0].IsInvalid);
    }

    [Fact]
    public void NoGrad_Inside_RecordsNothing()
    {
        using var x = ones(2, requires_grad: true);
        Assert.True(is_grad_enabled());
        using (no_grad())
        {
            Assert.False(is_grad_enabled());
            Assert.False((x * 2).requires_grad);
            using (enable_grad()) Assert.True((x * 2).requires_grad);
            Assert.False(is_grad_enabled());
        }

        Assert.True((x * 2).requires_grad);
        Assert.False((x * 2).detach().requires_grad);
        Assert.False(x.detach().clone().requires_grad_(false).requires_grad);
    }

    [Fact]
    public void InferenceMode_Inside_RecordsNothing()
    {
        using var x = ones(2, requires_grad: true);
        using (inference_mode())
        {
            Assert.True(is_inference_mode_enabled());
            Assert.False((x * 2).requires_grad);
        }

        Assert.False(is_inference_mode_enabled());
        Assert.True((x * 2).requires_grad);
    }

    [Fact]
    public void Gradient_ThroughJacobianNorm_EqualsFiniteDifferences()
    {
        // The contractive autoencoder's penalty: the squared Frobenius norm of d tanh(Wx) / dx, differentiated by W.
        using var x = Expect.Doubles(0.3, -0.8);
        Expect.Gradient(w => (1 - w.mv(x).tanh().square()).square().mul(w.square().sum(1)).sum(), Expect.Doubles(new[,] { { 0.5, -1 }, { 2, 0.25 } }));
    }
}
